package shop.orders.web.trace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderKey;

/**
 * The trace that all work on one order belongs to, known from its key: the beginning of the SHA-256 of {@code account/orderId}.
 *
 * @param traceId 32 hexadecimal digits
 * @param rootId 16 hexadecimal digits: the parent of the order's spans, which itself is never sent
 */
record OrderTrace(String traceId, String rootId) {
  private static final Pattern TRACEPARENT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}");

  static OrderTrace of(OrderKey key) {
    var hex = HexFormat.of().formatHex(sha256(key.toString()), 0, 24);
    return new OrderTrace(hex.substring(0, 32), hex.substring(32));
  }

  /** Whether this order's spans are kept, where only a part of all orders' are: the same in every process. @param part from 0 to 1 */
  boolean isKept(double part) {
    return part >= 1 || Long.parseUnsignedLong(traceId.substring(16), 16) >>> 1 < (long) (part * Long.MAX_VALUE);
  }

  /** W3C's header for what follows from that span. */
  String traceparent(String spanId) {
    return "00-" + traceId + "-" + spanId + "-01";
  }

  /** The span that {@code traceparent} names, if it is of this trace; else the root. */
  String parentId(@Nullable String traceparent) {
    if (traceparent == null) return rootId;
    var parent = TRACEPARENT.matcher(traceparent);
    return parent.matches() && parent.group(1).equals(traceId) ? parent.group(2) : rootId;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
