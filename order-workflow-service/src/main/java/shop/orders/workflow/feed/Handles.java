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

  /** What a handle commits. */
  enum Kind {
    EVENT(""),
    /** A number of the feed's own log. */
    REFILLED("r"),
    GAP("g");

    private final String mark;

    Kind(String mark) {
      this.mark = mark;
    }
  }

  /**
   * @param to the last number; {@code seq} itself but for gaps
   * @param generation of the feed when it was delivered
   */
  record Handle(Kind kind, long seq, long to, int generation) {
    static Handle event(FeedKey feed, long seq, int generation) {
      return new Handle(feed.isRefill() ? Kind.REFILLED : Kind.EVENT, seq, seq, generation);
    }
  }

  static String of(FeedConfig feed, Handle handle) {
    var text = handle.kind.mark + handle.seq + (handle.kind == Kind.GAP ? "-" + handle.to : "") + ":" + handle.generation;
    return ENCODER.encodeToString(text.getBytes(StandardCharsets.US_ASCII)) + "." + ENCODER.encodeToString(sign(feed, text));
  }

  /** Empty if this feed never made such a handle. */
  static Optional<Handle> read(FeedConfig feed, String handle) {
    try {
      int dot = handle.indexOf('.');
      var text = new String(Base64.getUrlDecoder().decode(handle.substring(0, Math.max(0, dot))), StandardCharsets.US_ASCII);
      if (!MessageDigest.isEqual(sign(feed, text), Base64.getUrlDecoder().decode(handle.substring(dot + 1)))) return Optional.empty();
      return Optional.of(signed(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not base64: not ours
    }
  }

  private static Handle signed(String text) {
    var kind = text.startsWith(Kind.REFILLED.mark) ? Kind.REFILLED : text.startsWith(Kind.GAP.mark) ? Kind.GAP : Kind.EVENT;
    int colon = text.indexOf(':');
    var numbers = text.substring(kind.mark.length(), colon < 0 ? text.length() : colon).split("-");
    int generation = colon < 0 ? 0 : Integer.parseInt(text.substring(colon + 1)); // none: made before feeds could be rewound
    return new Handle(kind, Long.parseLong(numbers[0]), Long.parseLong(numbers[numbers.length - 1]), generation);
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
