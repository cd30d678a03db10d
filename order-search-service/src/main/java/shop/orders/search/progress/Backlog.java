package shop.orders.search.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shop.orders.store.EventLog.Logged;

/**
 * When the events of one log that are not handled yet were decided, kept by block of events: a backlog of millions is a few thousand
 * blocks. For one thread.
 */
final class Backlog {
  private static final Duration LATELY = Duration.ofMinutes(1);

  /** In order; a block that a later one undercuts is gone, so the first is the earliest. */
  private final Deque<Block> blocks = new ArrayDeque<>();

  private long read;
  private Duration lag = Duration.ZERO;
  private Instant lagSeen = Instant.EPOCH;

  /** @param end number after its last event */
  private record Block(long end, Instant earliest) {}

  /** The number of the next event to {@link #add}. */
  long next() {
    return read;
  }

  /** Everything below {@code position} is handled, read or not. */
  void handled(long position) {
    read = Math.max(read, position);
    while (!blocks.isEmpty() && blocks.peekFirst().end <= position) blocks.removeFirst();
  }

  /** What comes next in the log. */
  void add(List<Logged> events) {
    var earliest = Instant.MAX;
    for (var event : events) {
      var entry = event.entry();
      if (entry.at().isBefore(earliest)) earliest = entry.at();
      var took = Duration.between(entry.at(), entry.appendedAt());
      if (took.compareTo(lag) >= 0 || entry.appendedAt().isAfter(lagSeen.plus(LATELY))) {
        lag = took;
        lagSeen = entry.appendedAt();
      }
    }
    read = events.get(events.size() - 1).seq() + 1;
    while (!blocks.isEmpty() && !blocks.peekLast().earliest.isBefore(earliest)) blocks.removeLast();
    blocks.addLast(new Block(read, earliest));
  }

  /** There is nothing in the log up to here that can still be read. */
  void skip(long to) {
    read = Math.max(read, to);
  }

  /** When the earliest of the events that were added and not handled was decided; null if there are none. */
  @Nullable Instant earliest() {
    return blocks.isEmpty() ? null : blocks.peekFirst().earliest;
  }

  /** The longest that an event appended in the last minute took from its decision into the log. */
  Duration lag(Instant now) {
    return now.isBefore(lagSeen.plus(LATELY)) ? lag : Duration.ZERO;
  }
}
