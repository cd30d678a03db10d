package shop.orders.search.index;

import java.time.Clock;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import shop.orders.model.OrderKey;
import shop.orders.store.Settings;
import tools.jackson.databind.json.JsonMapper;

/** Orders that cannot be in the index at all; kept in the store, since the index has no place for them. Safe for use by many threads. */
public class UnreadableOrders {
  private final Settings settings;
  private final JsonMapper json;
  private final Clock clock;

  UnreadableOrders(Settings settings, JsonMapper json, Clock clock) {
    this.settings = settings;
    this.json = json;
    this.clock = clock;
  }

  /** @param since when it was first found with this reason */
  public record Unreadable(String reason, Instant since) {}

  void add(OrderKey key, String reason) {
    var before = settings.find(Settings.Kind.UNREADABLE_ORDER, key.account(), key.orderId());
    if (before.isPresent() && read(before.get()).reason().equals(reason)) return;
    settings.save(Settings.Kind.UNREADABLE_ORDER, key.account(), key.orderId(), json.writeValueAsString(new Unreadable(reason, clock.instant())));
  }

  /** It is in the index now, or not in the store any more. */
  public void remove(OrderKey key) {
    settings.delete(Settings.Kind.UNREADABLE_ORDER, key.account(), key.orderId());
  }

  /** All of one account, by order id. */
  public SortedMap<String, Unreadable> of(String account) {
    var all = new TreeMap<String, Unreadable>();
    settings.list(Settings.Kind.UNREADABLE_ORDER, account).forEach((orderId, text) -> all.put(orderId, read(text)));
    return all;
  }

  private Unreadable read(String text) {
    return json.readValue(text, Unreadable.class);
  }
}
