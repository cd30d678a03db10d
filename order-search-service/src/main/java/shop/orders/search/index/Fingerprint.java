package shop.orders.search.index;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What a document says of itself at its end: {@code hashHigh} and {@code hashLow}, which version of which order it is, to be summed and
 * compared with the store's sums; and {@code digest}, of every byte before them, so that content changed behind our back shows.
 */
final class Fingerprint {
  /** Of each of the two numbers: a sum over 2^27 documents still is a whole number in a double, which is what Elasticsearch sums with. */
  private static final int BITS = 26;

  private static final int DIGEST_BYTES = 16;
  private static final Pattern END = Pattern.compile(",\"hashHigh\":\\d{1,8},\"hashLow\":\\d{1,8},\"digest\":\"([0-9a-f]{32})\"}$");

  /** Of what {@link #END} matches. */
  private static final int LONGEST_END = 92;

  private Fingerprint() {}

  /** @param id the document's {@code _id} */
  static Hash hash(String id, long version, int projection) {
    var digest = sha256();
    digest.update(id.getBytes(StandardCharsets.UTF_8));
    digest.update(ByteBuffer.allocate(Long.BYTES + Integer.BYTES).putLong(version).putInt(projection).flip());
    long bits = ByteBuffer.wrap(digest.digest()).getLong();
    return new Hash((int) (bits >>> (Long.SIZE - BITS)), (int) (bits & ((1L << BITS) - 1)));
  }

  /** Each from 0 to 2^26 - 1. */
  record Hash(int high, int low) {}

  /** @param json an object with something in it, without blanks around */
  static byte[] added(byte[] json, Hash hash) {
    int length = json.length - 1; // all but the last brace
    var end = ",\"hashHigh\":" + hash.high + ",\"hashLow\":" + hash.low + ",\"digest\":\"" + digest(json, length) + "\"}";
    var whole = Arrays.copyOf(json, length + end.length());
    System.arraycopy(end.getBytes(StandardCharsets.US_ASCII), 0, whole, length, end.length());
    return whole;
  }

  /** Whether the digest at the end of {@code source} is that of what stands before; false if there is none. */
  static boolean holds(byte[] source) {
    int from = Math.max(0, source.length - LONGEST_END);
    var end = END.matcher(new String(source, from, source.length - from, StandardCharsets.ISO_8859_1));
    return end.find() && digest(source, from + end.start()).equals(end.group(1));
  }

  private static String digest(byte[] bytes, int length) {
    var digest = sha256();
    digest.update(bytes, 0, length);
    return HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has it", e);
    }
  }
}
