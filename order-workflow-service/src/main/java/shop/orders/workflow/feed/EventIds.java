package shop.orders.workflow.feed;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.springframework.util.DigestUtils;
import shop.orders.model.OrderKey;
import shop.orders.store.EventLog.Logged;
import shop.orders.web.ApiError;

/**
 * Public names of events: 32 upper-case hex digits, half a hash of what the event is and half its number in the account's log, or in
 * the feed's own.
 */
final class EventIds {
  private static final Pattern ID = Pattern.compile("[0-9A-Fa-f]{16}[01][0-9A-Fa-f]{15}");

  private static final int HALF = 16;

  /** In the place of the number's first digit, which is 0 otherwise. */
  private static final char REFILLED = '1';

  private static final char GAP = '2';

  private EventIds() {}

  static String of(FeedKey feed, Logged logged) {
    var id = of(feed.account(), logged);
    return feed.isRefill() ? id.substring(0, HALF) + REFILLED + id.substring(HALF + 1) : id;
  }

  static String of(String account, Logged logged) {
    return hash(new OrderKey(account, logged.entry().orderId()) + "/" + logged.entry().version()) + "%016X".formatted(logged.seq());
  }

  /** Of a gap, told as an item. */
  static String of(String account, Ranges.Range gap) {
    return hash(account + "/gap/" + gap.to()) + GAP + "%015X".formatted(gap.from());
  }

  private static String hash(String name) {
    return DigestUtils.md5DigestAsHex(name.getBytes(StandardCharsets.UTF_8)).substring(0, HALF).toUpperCase(Locale.ROOT);
  }

  /** Whether it is of an event that was fetched from its order, in the place of a gap. */
  static boolean isRefilled(String eventId) {
    return eventId.charAt(HALF) == REFILLED;
  }

  /** The number an id claims to be; whether the event there is the one is for {@link #of} to tell. Empty if no event can have such an id. */
  static OptionalLong number(String eventId) {
    return ID.matcher(eventId).matches() ? OptionalLong.of(Long.parseLong(eventId.substring(HALF + 1), 16)) : OptionalLong.empty();
  }

  /** @throws ApiError 400 if no event can have such an id */
  static long require(String field, String eventId) {
    return number(eventId).orElseThrow(() -> ApiError.invalid(field, "An eventId has 32 hexadecimal digits, as the feed shows it."));
  }
}
