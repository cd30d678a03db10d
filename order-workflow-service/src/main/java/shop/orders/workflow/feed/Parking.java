package shop.orders.workflow.feed;

import java.time.Instant;
import org.springframework.stereotype.Component;

/** Puts aside what is delivered again and again and never committed, so that the rest of the feed goes on. */
@Component
class Parking {
  /** The oldest stay. What finds no room goes on being delivered: nothing is dropped. */
  static final int MOST_PARKED = 1_000;

  private final int deliveries;

  Parking(FeedProperties properties) {
    this.deliveries = properties.deliveriesBeforeParking();
  }

  /** How often an item is handed out before it is parked. */
  int deliveries() {
    return deliveries;
  }

  /**
   * @param parked how many were put aside
   * @param refused how many found no room
   */
  record Outcome(int parked, int refused) {}

  /** Changes {@code state}: what was delivered for the last time, and whose lease ran out, is parked. */
  Outcome park(FeedState state, Instant now) {
    var due = state.leased().entrySet().stream().filter(e -> e.getValue().deliveries() >= deliveries && e.getValue().expired(now)).map(e -> e.getKey()).toList();
    int room = Math.min(due.size(), Math.max(0, MOST_PARKED - state.parked().size()));
    for (var seq : due.subList(0, room)) {
      var lease = state.leased().remove(seq);
      state.parked().put(seq, new FeedState.Parked(now.toEpochMilli(), lease.deliveries(), lease.generation(), lease.since()));
    }
    return new Outcome(room, due.size() - room);
  }
}
