package shop.orders.workflow.feed;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.springframework.util.DigestUtils;
import shop.orders.model.OrderKey;
import shop.orders.store.EventLog.Logged;
import shop.orders.web.ApiError;

/** Public names of events: 32 upper-case hex digits, half a hash of what the event is and half its number in the account's log. */
final class EventIds {
  private static final Pattern ID = Pattern.compile("[0-9A-Fa-f]{16}0[0-9A-Fa-f]{15}");

  private EventIds() {}

  static String of(String account, Logged logged) {
    var name = new OrderKey(account, logged.entry().orderId()) + "/" + logged.entry().version();
    return DigestUtils.md5DigestAsHex(name.getBytes(StandardCharsets.UTF_8)).substring(0, 16).toUpperCase(Locale.ROOT) + "%016X".formatted(logged.seq());
  }

  /** The number an id claims to be; whether the event there is the one is for {@link #of} to tell. Empty if no event can have such an id. */
  static OptionalLong number(String eventId) {
    return ID.matcher(eventId).matches() ? OptionalLong.of(Long.parseLong(eventId.substring(16), 16)) : OptionalLong.empty();
  }

  /** @throws ApiError 400 if no event can have such an id */
  static long require(String field, String eventId) {
    return number(eventId).orElseThrow(() -> ApiError.invalid(field, "An eventId has 32 hexadecimal digits, as the feed shows it."));
  }
}
