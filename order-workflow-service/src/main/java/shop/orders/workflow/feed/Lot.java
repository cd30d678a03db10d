package shop.orders.workflow.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import shop.orders.store.EventLog.Logged;

/** What one read of a feed gathers, and how far the feed comes by it. For one thread. */
final class Lot {
  /** Passing over what nobody wants; a reader that asks again goes on from there. */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final Predicate<Logged> wanted;
  private final int max;
  private final List<Logged> found = new ArrayList<>();
  private final long deadline = System.nanoTime() + LONGEST.toNanos();
  private FeedState state;
  private int roomForNew;

  /** The earliest decision among what was looked at. */
  private long earliest = Long.MAX_VALUE;

  /** @param roomForNew how many new events may be leased at most */
  Lot(FeedState state, Predicate<Logged> wanted, int max, int roomForNew) {
    this.state = state;
    this.wanted = wanted;
    this.max = max;
    this.roomForNew = roomForNew;
  }

  FeedState state() {
    return state;
  }

  List<Logged> found() {
    return found;
  }

  boolean hasRoom() {
    return found.size() < max && roomForNew > 0;
  }

  boolean isTimeOver() {
    return System.nanoTime() - deadline >= 0;
  }

  void addAgain(List<Logged> due) {
    for (var logged : due) if (found.size() < max) found.add(logged);
  }

  /** Goes on over those of {@code page} that were not looked at yet. Numbers that are missing in between were removed. */
  void addNew(List<Logged> page) {
    for (var logged : page) {
      if (!hasRoom() || isTimeOver()) return;
      if (logged.seq() < state.scanned()) continue;
      if (logged.seq() > state.scanned()) passOver(logged.seq());
      earliest = Math.min(earliest, logged.entry().at().toEpochMilli());
      state = state.scannedTo(logged.seq() + 1, earliest);
      if (!wanted.test(logged)) continue;
      found.add(logged);
      roomForNew--;
    }
  }

  /** Everything from where the feed is up to {@code kept} was removed. */
  void passOver(long kept) {
    state = state.withGaps(state.gaps().with(state.scanned(), kept - 1, state.since())).scannedTo(kept, state.since());
  }

  void lost(Collection<Long> numbers) {
    if (!numbers.isEmpty()) state = state.lost(numbers);
  }
}
