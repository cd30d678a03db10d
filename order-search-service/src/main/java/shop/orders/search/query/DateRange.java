package shop.orders.search.query;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shop.orders.search.index.OrderQuery.Range;
import shop.orders.web.ApiError;

/**
 * {@code creationDate:[2022-01-01T02:00:00.000Z TO 2022-01-02T01:59:59.999Z]}, read the way connectors write it: with any field name
 * before it or none, {@code *} for an open end, a day for a whole day, no offset for UTC. Both ends belong to the range.
 */
final class DateRange {
  private static final Pattern SHAPE = Pattern.compile("(?:\\w+\\s*:)?\\s*\\[\\s*(\\S.*?)\\s+TO\\s+(\\S.*?)\\s*\\]", Pattern.CASE_INSENSITIVE);

  /** A {@code +} in the query string that was not encoded arrives as a blank. */
  private static final Pattern LOST_PLUS = Pattern.compile("(\\S+T\\S+) (\\d\\d:?\\d\\d)");

  private static final DateTimeFormatter MOMENT =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX]")
          .toFormatter(Locale.ROOT);

  private DateRange() {}

  /** @throws ApiError 400 with a text that shows how it should look */
  static Range read(String parameter, String text) {
    var matcher = SHAPE.matcher(text);
    if (!matcher.matches()) throw bad(parameter, text);
    try {
      return new Range(bound(matcher.group(1), false), bound(matcher.group(2), true));
    } catch (DateTimeException e) {
      throw bad(parameter, text);
    }
  }

  private static @Nullable Instant bound(String text, boolean upper) {
    if (text.equals("*")) return null;
    if (text.length() == 10) {
      var day = LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      return upper ? day.plus(Duration.ofDays(1)).minusMillis(1) : day;
    }
    var lost = LOST_PLUS.matcher(text);
    var parsed = MOMENT.parseBest(lost.matches() ? lost.group(1) + "+" + lost.group(2) : text, OffsetDateTime::from, LocalDateTime::from);
    var at = parsed instanceof OffsetDateTime moment ? moment.toInstant() : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
    // The index knows milliseconds; a client that cuts windows at them must lose nothing and see nothing twice.
    return at.truncatedTo(ChronoUnit.MILLIS);
  }

  private static ApiError bad(String parameter, String text) {
    return ApiError.invalid(
        parameter, parameter + " must be like creationDate:[2022-01-01T02:00:00.000Z TO 2022-01-02T01:59:59.999Z], was: " + text);
  }
}
