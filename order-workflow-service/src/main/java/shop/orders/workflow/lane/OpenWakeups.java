package shop.orders.workflow.lane;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import shop.orders.store.Lane;
import shop.orders.store.StoreUnavailable;
import shop.orders.store.Wakeup;
import shop.orders.store.Wakeups;
import shop.orders.web.status.Measure;

/**
 * The wakeups of one shard that are due and not settled. Reads on from where it was, a little back, since a row may become visible a
 * little after later ones: by a glance each time, by a look four times a second. Every four seconds it reads from the mark, since a writer
 * may be as slow as its batch window. Under load rows read again cost more than those read first. For one thread.
 */
public class OpenWakeups {
  /** A batch lands within five seconds of its wakeup or writes a new one; after this it can only be late, and is locked out. */
  public static final Duration BATCH_IS_LATE = Duration.ofSeconds(10);

  /** How far the mark stays behind: batch window and clock difference, with room. */
  private static final Duration TRAIL = Duration.ofSeconds(20);

  private static final Duration GLANCE_BACK = Duration.ofMillis(100);
  private static final Duration LOOK_BACK = Duration.ofSeconds(1);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  /** Before the mark passes a row it is swept over once more: the trail less this is what a row may be late by, 5 s for its writer and 10 s for clocks. */
  private static final Duration SWEEP_EVERY = Duration.ofSeconds(4);
  private static final Duration SAVE_EVERY = Duration.ofSeconds(5);
  private static final int PAGE = 2_000;
  private static final int MOST_OPEN = 10_000;
  private static final Comparator<Wakeup> BY_DUE =
      Comparator.comparing(Wakeup::dueAt).thenComparing(w -> w.key().toString()).thenComparing(Wakeup::version);

  private final Wakeups wakeups;
  private final Marks marks;
  private final Lane lane;
  private final int shard;
  private final Clock clock;

  private final TreeSet<Wakeup> open = new TreeSet<>(BY_DUE);
  private final Set<Wakeup> settled = new HashSet<>();
  private Marks.@Nullable Mark saved;
  private Instant mark = Instant.EPOCH;
  private Instant readTo = Instant.EPOCH;
  private Instant sweptAt = Instant.EPOCH;
  private Instant lookedAt = Instant.EPOCH;
  private Instant savedAt = Instant.EPOCH;
  private boolean settledSome;

  OpenWakeups(Wakeups wakeups, Marks marks, Lane lane, int shard, Clock clock) {
    this.wakeups = wakeups;
    this.marks = marks;
    this.lane = lane;
    this.shard = shard;
    this.clock = clock;
  }

  /** Starts over from the saved mark. */
  public void begin() {
    open.clear();
    settled.clear();
    saved = marks.read(lane, shard);
    mark = saved.at();
    readTo = mark;
    sweptAt = Instant.EPOCH;
    savedAt = clock.instant();
  }

  /** Reads what has become due. @return all that is open, by due time */
  public List<Wakeup> refresh() {
    var now = clock.instant();
    if (now.isAfter(sweptAt.plus(SWEEP_EVERY))) { // after a standstill above all: the mark moves only behind a read that began at it
      readTo = mark;
      sweptAt = now;
    }
    boolean glance = now.isBefore(lookedAt.plus(LOOK_EVERY));
    if (!glance) lookedAt = now;
    read(latest(mark, readTo.minus(glance ? GLANCE_BACK : LOOK_BACK)), now);
    moveMark(now);
    return List.copyOf(open);
  }

  /** Everything due before this is settled. */
  public Instant mark() {
    return mark;
  }

  /** Nothing more is to be done for these. */
  public void settle(Collection<Wakeup> done) {
    open.removeAll(done);
    settled.addAll(done);
    settledSome |= !done.isEmpty();
  }

  /** Tells since when the oldest open one is due, and whether some were settled since it was told last. */
  public void tell(Measure measure) {
    measure.open(open.isEmpty() ? null : open.first().dueAt());
    if (settledSome) measure.done();
    settledSome = false;
  }

  /**
   * Looks at them again at {@code later} instead: an order that is a trouble of its own must not hold the shard's mark back.
   *
   * @throws StoreUnavailable if that cannot be written; they stay open
   */
  public void putOff(Collection<Wakeup> some, Instant later) {
    for (var wakeup : some) wakeups.write(lane, new Wakeup(wakeup.key(), wakeup.version(), later));
    settle(some);
  }

  /** What is due only later, within {@code time}: what was put off, if this lane knows no other appointments. */
  public List<Wakeup> ahead(Duration time) {
    var from = clock.instant().plusMillis(1);
    var until = from.plus(time);
    var page = wakeups.read(lane, shard, from, until, PAGE);
    var ahead = new ArrayList<>(page);
    while (page.size() == PAGE) {
      page = wakeups.readOn(lane, shard, page.get(PAGE - 1), until, PAGE);
      ahead.addAll(page);
    }
    return ahead;
  }

  private void read(Instant from, Instant now) {
    var until = now.plusMillis(1);
    Wakeup last = null;
    while (open.size() < MOST_OPEN) {
      var page = last == null ? wakeups.read(lane, shard, from, until, PAGE) : wakeups.readOn(lane, shard, last, until, PAGE);
      for (var wakeup : page) if (!settled.contains(wakeup)) open.add(wakeup);
      if (page.size() < PAGE) {
        readTo = now;
        return;
      }
      last = page.get(page.size() - 1);
      readTo = last.dueAt(); // more may be due in this millisecond than one page, or all that may be open, holds
    }
  }

  private void moveMark(Instant now) {
    var to = earliest(readTo, now.minus(TRAIL));
    if (!open.isEmpty()) to = earliest(to, open.first().dueAt());
    if (to.isAfter(mark)) {
      mark = to;
      settled.removeIf(w -> w.dueAt().isBefore(mark));
    }
    if (saved != null && mark.isAfter(saved.at()) && now.isAfter(savedAt.plus(SAVE_EVERY))) {
      savedAt = now;
      if (!marks.move(lane, shard, saved, mark)) begin();
      else saved = new Marks.Mark(mark, saved.rev() + 1);
    }
  }

  private static Instant latest(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Instant earliest(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
