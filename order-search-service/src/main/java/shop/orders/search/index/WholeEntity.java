package shop.orders.search.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;

/**
 * A request's body in one piece. The client makes one of many pieces, two for each document, and sends each as a chunk of its own: that
 * took half of the processor time of a rebuild in this process. For one request.
 */
final class WholeEntity extends ByteArrayEntity implements AsyncEntityProducer {
  /** Written at once: more is copied again and again while the server takes a part each time. */
  private static final int PIECE = 128 << 10;

  private final ByteBuffer left;

  private WholeEntity(byte[] body, String contentType) {
    super(body, ContentType.parse(contentType));
    this.left = ByteBuffer.wrap(body);
  }

  /** @param pieces not null */
  static HttpEntity of(HttpEntity pieces) throws IOException {
    return new WholeEntity(EntityUtils.toByteArray(pieces), pieces.getContentType());
  }

  @Override
  public int available() {
    return left.remaining();
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    int end = left.limit();
    int written;
    do {
      left.limit(Math.min(end, left.position() + PIECE));
      written = channel.write(left);
      left.limit(end);
    } while (written > 0 && left.hasRemaining());
    if (!left.hasRemaining()) channel.endStream();
  }

  /** Another try, with another node, sends it from its beginning. */
  @Override
  public void releaseResources() {
    left.rewind();
  }

  @Override
  public void failed(Exception cause) {
    // Whoever asked is told by the client.
  }
}
