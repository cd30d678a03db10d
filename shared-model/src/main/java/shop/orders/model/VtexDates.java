package shop.orders.model;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Instants as the API writes them. Safe for use by many threads. */
public final class VtexDates {
  private static final DateTimeFormatter DOCUMENT = utc("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'+00:00'");
  private static final DateTimeFormatter LIST = utc("yyyy-MM-dd'T'HH:mm:ss'+00:00'");
  private static final DateTimeFormatter FEED = utc("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'");

  private VtexDates() {}

  /** Order documents and receipts: seven fractional digits, numeric offset. */
  public static String document(Instant at) {
    return DOCUMENT.format(at);
  }

  /** Lists: whole seconds, numeric offset. */
  public static String list(Instant at) {
    return LIST.format(at);
  }

  /** Feed items: seven fractional digits and {@code Z}. */
  public static String feed(Instant at) {
    return FEED.format(at);
  }

  private static DateTimeFormatter utc(String pattern) {
    return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
  }
}
