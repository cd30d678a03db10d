package shop.orders.workflow.feed;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import shop.orders.model.VtexDates;
import shop.orders.store.EventLog;
import shop.orders.store.EventLog.Logged;
import shop.orders.web.ApiError;

/** What was parked: to be looked at, delivered again, or given up by those who know why. */
@Component
class ParkedItems {
  static final int MOST_AT_ONCE = 100;

  private final FeedCells cells;
  private final EventLog log;
  private final Parking parking;
  private final Clock clock;

  ParkedItems(FeedCells cells, EventLog log, Parking parking, Clock clock) {
    this.cells = cells;
    this.log = log;
    this.parking = parking;
    this.clock = clock;
  }

  record Item(String eventId, String orderId, String state, int deliveries, String since, String reason) {}

  /**
   * @param quantity of all that are parked
   * @param full whether further items find no room and go on being delivered
   * @param more whether there are items after the last of these
   */
  record Listed(int quantity, boolean full, boolean more, List<Item> items) {}

  /** A hundred at most, those that follow {@code after}: the account's log's first, then those of the feed's own log. */
  Listed list(FeedKey feed, Optional<String> after) {
    long number = after.map(id -> EventIds.require("after", id)).orElse(-1L);
    boolean inRefill = after.isPresent() && EventIds.isRefilled(after.get());
    var main = listIn(feed, inRefill ? Long.MAX_VALUE : number);
    var side = listIn(feed.refill(), inRefill ? number : -1);
    var items = Stream.concat(main.items.stream(), main.more ? Stream.empty() : side.items.stream()).limit(MOST_AT_ONCE).toList();
    boolean more = main.more || side.more || items.size() < main.items.size() + side.items.size();
    return new Listed(main.quantity + side.quantity, main.full || side.full, more, items);
  }

  /** What retention removed meanwhile is a gap, and parked no more. */
  private Listed listIn(FeedKey feed, long after) {
    return cells.change(
        feed,
        state -> {
          int parked = parking.park(state, clock.instant()).parked();
          var numbers = state.parked().tailMap(after, false).keySet().stream().limit(MOST_AT_ONCE).toList();
          boolean more = state.parked().tailMap(after, false).size() > numbers.size();
          var there = find(feed, numbers);
          var items = there.values().stream().map(logged -> item(feed, logged, state.parked().get(logged.seq()))).toList();
          var gone = numbers.stream().filter(seq -> !there.containsKey(seq)).toList();
          var next = gone.isEmpty() ? state : state.lost(gone);
          var listed = new Listed(next.parked().size(), next.parked().size() >= Parking.MOST_PARKED, more, items);
          return parked > 0 || !gone.isEmpty() ? FeedCells.Step.to(next, listed) : FeedCells.Step.stay(listed);
        });
  }

  private Item item(FeedKey feed, Logged logged, FeedState.Parked parked) {
    return new Item(
        EventIds.of(feed, logged),
        logged.entry().orderId(),
        logged.entry().status(),
        parked.deliveries(),
        VtexDates.feed(Instant.ofEpochMilli(parked.at())),
        "delivered " + parked.deliveries() + " times and never committed");
  }

  /** Delivers these again, as if for the first time. @param eventIds empty for all @return how many there were */
  int replay(FeedKey feed, Optional<List<String>> eventIds) {
    int replayed = replayIn(feed, eventIds);
    int refilled = replayIn(feed.refill(), eventIds);
    if (refilled > 0) cells.change(feed, state -> FeedCells.Step.to(state.with(state.refill().drainedTo(-1)), true));
    return replayed + refilled;
  }

  private int replayIn(FeedKey feed, Optional<List<String>> eventIds) {
    return cells.change(
        feed,
        state -> {
          var numbers = eventIds.isPresent() ? meant(feed, state, eventIds.get()) : List.copyOf(state.parked().keySet());
          for (var number : numbers) {
            var parked = state.parked().remove(number);
            state.leased().put(number, new FeedState.Lease(0, 0, parked.generation(), parked.since()));
          }
          return numbers.isEmpty() ? FeedCells.Step.stay(0) : FeedCells.Step.to(state, numbers.size());
        });
  }

  /** Commits these. @return how many there were */
  int discard(FeedKey feed, List<String> eventIds) {
    return discardIn(feed, eventIds) + discardIn(feed.refill(), eventIds);
  }

  private int discardIn(FeedKey feed, List<String> eventIds) {
    return cells.change(
        feed,
        state -> {
          var numbers = meant(feed, state, eventIds);
          state.parked().keySet().removeAll(numbers);
          return numbers.isEmpty() ? FeedCells.Step.stay(0) : FeedCells.Step.to(state, numbers.size());
        });
  }

  /** Those of {@code eventIds} that are parked. @throws ApiError 400 if one can be no event's id */
  private List<Long> meant(FeedKey feed, FeedState state, List<String> eventIds) {
    var asked = new HashMap<Long, String>();
    for (var id : eventIds) {
      long number = EventIds.require("eventIds", id);
      if (EventIds.isRefilled(id) == feed.isRefill()) asked.put(number, id);
    }
    var there = find(feed, state.parked().keySet().stream().filter(asked::containsKey).toList());
    return there.values().stream().filter(l -> EventIds.of(feed, l).equalsIgnoreCase(asked.get(l.seq()))).map(Logged::seq).toList();
  }

  /** Entries by number, in order; without those that were removed. @param numbers in order; neighbours come with one read */
  private Map<Long, Logged> find(FeedKey feed, Collection<Long> numbers) {
    var found = new TreeMap<Long, Logged>();
    var rest = new ArrayList<>(numbers);
    while (!rest.isEmpty()) {
      var page = log.page(feed.log(), rest.get(0), MOST_AT_ONCE);
      page.stream().filter(logged -> rest.contains(logged.seq())).forEach(logged -> found.put(logged.seq(), logged));
      long looked = page.isEmpty() ? rest.get(0) : page.get(page.size() - 1).seq();
      rest.removeIf(seq -> seq <= looked);
    }
    return found;
  }
}
