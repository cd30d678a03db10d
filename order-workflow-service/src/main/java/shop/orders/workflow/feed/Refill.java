package shop.orders.workflow.feed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was fetched from the orders themselves in place of what retention removed from the log. It is kept in a log of the feed's own, which
 * the feed reads beside the account's.
 *
 * @param job the gap that is being refilled, null if none is
 * @param closed gaps that were dealt with, the oldest first
 * @param head the end of the feed's own log
 * @param drained the end of that log when everything in it was found committed or parked
 */
record Refill(@Nullable Job job, List<Closed> closed, long head, long drained) {
  static final Refill NONE = new Refill(null, List.of(), 0, 0);

  /** Of those that nobody needs to act on. */
  private static final int MOST_LISTED = 20;

  Refill {
    closed = List.copyOf(closed);
  }

  /**
   * @param from to: the numbers whose gaps are refilled in one go
   * @param quantity how many of them are missing
   * @param since until: when what is missing was decided, the clocks' differences included
   * @param position how far the orders were looked through, null at the beginning
   * @param head the end of the feed's own log when that position was reached
   * @param found how many events were found
   */
  record Job(long from, long to, long quantity, Instant since, Instant until, @Nullable String position, long head, long found) {
    Job at(@Nullable String next, long newHead) {
      return new Job(from, to, quantity, since, until, next, newHead, found + newHead - head);
    }

    Job again() {
      return new Job(from, to, quantity, since, until, null, head, 0);
    }
  }

  enum State {
    /** As many events as were missing are in the feed again. */
    REFILLED,
    /** Fewer were found than were missing: told until the reader acknowledges it. */
    INCOMPLETE,
    /** The reader knows, and needs no refill. */
    ACKNOWLEDGED;

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  record Closed(Ranges removed, @Nullable Instant since, @Nullable Instant until, State state, long found) {}

  /** Whether something is in it that is not committed. */
  boolean isOpen() {
    return drained < head;
  }

  Refill under(@Nullable Job other) {
    return new Refill(other, closed, other == null ? head : Math.max(head, other.head), drained);
  }

  Refill close(Closed one) {
    var all = new ArrayList<>(closed);
    all.add(one);
    long settled = all.stream().filter(c -> c.state != State.INCOMPLETE).count();
    if (settled > MOST_LISTED) all.remove(all.stream().filter(c -> c.state != State.INCOMPLETE).findFirst().orElseThrow());
    return new Refill(job, all, head, drained);
  }

  Refill drainedTo(long end) {
    return new Refill(job, closed, head, end);
  }

  /** Told until acknowledged. */
  Ranges incomplete() {
    var all = Ranges.NONE;
    for (var one : closed) if (one.state == State.INCOMPLETE) all = all.with(one.removed);
    return all;
  }

  /** The reader knows of what is missing up to {@code last}. */
  Refill acknowledged(Ranges open, long last) {
    var rest = new ArrayList<Closed>();
    for (var one : closed) {
      if (one.state != State.INCOMPLETE) {
        rest.add(one);
        continue;
      }
      var known = one.removed.below(last == Long.MAX_VALUE ? last : last + 1);
      var unknown = one.removed.above(last);
      if (!known.isEmpty()) rest.add(new Closed(known, one.since, one.until, State.ACKNOWLEDGED, one.found));
      if (!unknown.isEmpty()) rest.add(new Closed(unknown, one.since, one.until, State.INCOMPLETE, one.found));
    }
    var running = job != null && job.from <= last ? null : job;
    var next = new Refill(running, rest, head, drained);
    for (var range : open.below(last == Long.MAX_VALUE ? last : last + 1).list()) {
      next = next.close(new Closed(Ranges.NONE.with(range.from(), range.to(), range.since()), null, null, State.ACKNOWLEDGED, 0));
    }
    return next;
  }

  /** Everything from {@code number} on is looked at anew, gaps too. */
  Refill below(long number) {
    var rest = new ArrayList<Closed>();
    for (var one : closed) {
      var kept = one.removed.below(number);
      if (!kept.isEmpty()) rest.add(new Closed(kept, one.since, one.until, one.state, one.found));
    }
    return new Refill(job != null && job.to >= number ? null : job, rest, head, drained);
  }
}
