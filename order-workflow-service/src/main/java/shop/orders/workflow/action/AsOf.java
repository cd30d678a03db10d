package shop.orders.workflow.action;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Order;
import shop.orders.model.VtexDates;
import shop.orders.web.ApiError;

/** Which state of an order is asked for: the one of a version, or of a moment, or else the present one. */
record AsOf(@Nullable Long version, @Nullable Instant moment) {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  /** Milliseconds up to the year 9999. */
  private static final Pattern MILLIS = Pattern.compile("\\d{1,15}");

  /**
   * @param version a number from 1
   * @param at ISO-8601, UTC where it has no offset, or milliseconds since 1970
   * @throws ApiError 400 if one of them is neither, or both are given
   */
  static AsOf of(@Nullable String version, @Nullable String at) {
    if (version != null && at != null) throw ApiError.invalid("at", "Only one of version and at can be given.");
    if (version != null) return new AsOf(number(version), null);
    return at == null ? new AsOf(null, null) : new AsOf(null, moment(at.strip()));
  }

  /** Empty if the order never had that version, or was not yet there. */
  Optional<Order> of(Order order) {
    if (version != null) return order.at(version);
    return moment == null ? Optional.of(order) : order.at(moment);
  }

  private static long number(String version) {
    if (!NUMBER.matcher(version).matches() || Long.parseLong(version) < 1) throw ApiError.invalid("version", "The version must be a whole number from 1.");
    return Long.parseLong(version);
  }

  private static Instant moment(String at) {
    if (MILLIS.matcher(at).matches()) return Instant.ofEpochMilli(Long.parseLong(at));
    // A plus sign that was not encoded arrives as a blank.
    return VtexDates.read(at.replace(' ', '+'))
        .orElseThrow(() -> ApiError.invalid("at", "The at must be a date like 2026-11-24T12:00:00.123+00:00, or milliseconds since 1970."));
  }
}
