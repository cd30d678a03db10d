package shop.orders.workflow.feed;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Opaque names for delivered events, good for the feed they were made for and no other. */
final class Handles {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private Handles() {}

  /** @param generation of the feed when it was delivered */
  record Handle(long seq, int generation) {}

  static String of(FeedConfig feed, Handle handle) {
    var text = handle.seq + ":" + handle.generation;
    return ENCODER.encodeToString(text.getBytes(StandardCharsets.US_ASCII)) + "." + ENCODER.encodeToString(sign(feed, text));
  }

  /** Empty if this feed never made such a handle. */
  static Optional<Handle> read(FeedConfig feed, String handle) {
    try {
      int dot = handle.indexOf('.');
      var text = new String(Base64.getUrlDecoder().decode(handle.substring(0, Math.max(0, dot))), StandardCharsets.US_ASCII);
      if (!MessageDigest.isEqual(sign(feed, text), Base64.getUrlDecoder().decode(handle.substring(dot + 1)))) return Optional.empty();
      int colon = text.indexOf(':');
      if (colon < 0) return Optional.of(new Handle(Long.parseLong(text), 0)); // made before feeds could be rewound
      return Optional.of(new Handle(Long.parseLong(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1))));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not base64: not ours
    }
  }

  /** All of them; empty if this feed did not make one. */
  static Optional<List<Handle>> readAll(FeedConfig feed, Collection<String> handles) {
    var read = handles.stream().flatMap(handle -> read(feed, handle).stream()).toList();
    return read.size() == handles.size() ? Optional.of(read) : Optional.empty();
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
