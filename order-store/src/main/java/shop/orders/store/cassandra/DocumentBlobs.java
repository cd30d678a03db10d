package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.protocol.internal.util.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import shop.orders.model.InvalidDocument;
import shop.orders.store.ExactJson;

/**
 * A document as it is stored: the customer apart. Its place among the fields stays marked by a null in the body.
 *
 * @param customer null where the document has none, says null, or the customer was erased
 */
record DocumentBlobs(ByteBuffer body, @Nullable ByteBuffer customer) {
  private static final String CUSTOMER = "clientProfileData";

  /** Packed. Cassandra takes half a commit log segment with one write, 8 MB where a segment has 16, and an order of 5,000 lines is far below that. */
  private static final int LARGEST = 6 * 1024 * 1024;

  /** @throws InvalidDocument if Cassandra would not take it */
  static DocumentBlobs of(Map<String, @Nullable Object> document) {
    var blobs = split(document);
    int size = blobs.body.remaining() + (blobs.customer == null ? 0 : blobs.customer.remaining());
    if (size > LARGEST) throw new InvalidDocument("body", "is too large to be kept: packed it has " + size + " bytes, and may have " + LARGEST);
    return blobs;
  }

  private static DocumentBlobs split(Map<String, @Nullable Object> document) {
    var customer = document.get(CUSTOMER);
    if (customer == null) return new DocumentBlobs(zip(document), null);
    var body = new LinkedHashMap<>(document);
    body.put(CUSTOMER, null);
    var apart = new LinkedHashMap<String, @Nullable Object>();
    apart.put(CUSTOMER, customer);
    return new DocumentBlobs(zip(body), zip(apart));
  }

  /** Documents by revision. @param rows with {@code rev, body, customer} */
  static Map<String, Map<String, @Nullable Object>> read(Iterable<Row> rows) {
    var read = new LinkedHashMap<String, Map<String, @Nullable Object>>();
    for (var row : rows) read.put(Objects.requireNonNull(row.getString("rev")), new DocumentBlobs(Objects.requireNonNull(row.getByteBuffer("body")), row.getByteBuffer("customer")).document());
    return read;
  }

  /** The document, fields in their order. */
  Map<String, @Nullable Object> document() {
    var document = unzip(body);
    if (customer != null) document.putAll(unzip(customer));
    return document;
  }

  private static ByteBuffer zip(Map<String, @Nullable Object> tree) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new FastGzip(bytes)) {
      zip.write(ExactJson.bytes(tree));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  private static Map<String, @Nullable Object> unzip(ByteBuffer blob) {
    try (var zip = new GZIPInputStream(new ByteArrayInputStream(Bytes.getArray(blob)))) {
      return ExactJson.tree(zip.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("a stored document cannot be unpacked", e);
    }
  }

  /** Speed before size: every order pays for this on its way in. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 8192);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
