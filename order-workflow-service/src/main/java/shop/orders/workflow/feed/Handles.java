package shop.orders.workflow.feed;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Opaque names for delivered events, good for the feed they were made for and no other. */
final class Handles {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private Handles() {}

  static String of(FeedConfig feed, long seq) {
    var text = Long.toString(seq);
    return ENCODER.encodeToString(text.getBytes(StandardCharsets.US_ASCII)) + "." + ENCODER.encodeToString(sign(feed, text));
  }

  /** The event's number; empty if this feed never made such a handle. */
  static OptionalLong read(FeedConfig feed, String handle) {
    try {
      int dot = handle.indexOf('.');
      var text = new String(Base64.getUrlDecoder().decode(handle.substring(0, Math.max(0, dot))), StandardCharsets.US_ASCII);
      if (!MessageDigest.isEqual(sign(feed, text), Base64.getUrlDecoder().decode(handle.substring(dot + 1)))) return OptionalLong.empty();
      return OptionalLong.of(Long.parseLong(text));
    } catch (IllegalArgumentException e) {
      return OptionalLong.empty(); // not base64: not ours
    }
  }

  private static byte[] sign(FeedConfig feed, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(HexFormat.of().parseHex(feed.secret()), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
