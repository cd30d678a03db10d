package shop.orders.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Instants as the API writes them. Safe for use by many threads. */
public final class VtexDates {
  private static final DateTimeFormatter DOCUMENT = utc("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'+00:00'");
  private static final DateTimeFormatter LIST = utc("yyyy-MM-dd'T'HH:mm:ss'+00:00'");
  private static final DateTimeFormatter FEED = utc("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'");
  private static final DateTimeFormatter WRITTEN =
      new DateTimeFormatterBuilder().parseCaseInsensitive().append(DateTimeFormatter.ISO_LOCAL_DATE_TIME).appendPattern("[XXX][XX]").toFormatter(Locale.ROOT);

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

  /**
   * Reads a date as senders write it: ISO-8601, any number of fractional digits; UTC where no offset is given. Empty if it is none.
   *
   * @param value any JSON value
   */
  public static Optional<Instant> read(@Nullable Object value) {
    if (!(value instanceof String text)) return Optional.empty();
    try {
      var read = WRITTEN.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from);
      return Optional.of(read instanceof OffsetDateTime moment ? moment.toInstant() : ((LocalDateTime) read).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static DateTimeFormatter utc(String pattern) {
    return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
  }
}
