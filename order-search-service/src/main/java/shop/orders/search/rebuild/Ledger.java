package shop.orders.search.rebuild;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import shop.orders.search.index.IndexReport;
import shop.orders.search.rebuild.Rebuild.Position;
import shop.orders.search.rebuild.Rebuild.Pressure;
import shop.orders.search.rebuild.Rebuild.Progress;
import shop.orders.search.rebuild.Rebuild.Span;
import shop.orders.search.rebuild.Rebuild.WaveReport;

/** Keeps count while a rebuild works. Safe for use by many threads. */
final class Ledger {
  /** Listed; the others are counted, and are among the orders that {@code ./oms search problems} lists. */
  private static final int MOST_PROBLEMS = 100;

  private final Clock clock;
  private int generation;
  private @Nullable LocalDate today;
  private @Nullable Instant switchedAt;
  private Map<String, Span> logs;
  private int wave;
  private @Nullable Position position;
  private boolean proving;
  private final List<WaveReport> waves;
  private long redone;
  private long problemCount;
  private final List<String> problems;
  private List<String> differences;
  private @Nullable Pressure pressure;

  private Parts parts = new Parts(0, null);
  private long underWay;
  private long done;
  private Duration worked = Duration.ZERO;
  private Instant counted;

  /** @param before where it was left; what was under way then is done once more */
  Ledger(Progress before, Clock clock) {
    this.clock = clock;
    generation = before.generation();
    today = before.today();
    switchedAt = before.switchedAt();
    logs = before.logs();
    wave = before.wave();
    position = before.position();
    waves = new ArrayList<>(before.waves());
    redone = before.redone() + (position == null ? 0 : position.underWay());
    problemCount = before.problemCount();
    problems = new ArrayList<>(before.problems());
    differences = before.differences();
    pressure = before.pressure();
    counted = clock.instant();
  }

  synchronized int wave() {
    return wave;
  }

  synchronized int generation() {
    return generation;
  }

  synchronized @Nullable LocalDate today() {
    return today;
  }

  synchronized Map<String, Span> logs() {
    return logs;
  }

  synchronized @Nullable Pressure pressure() {
    return pressure;
  }

  /** The first wave comes next. What was done by then, if it was, is done once more. */
  synchronized void begins(int generation, LocalDate today, Map<String, Span> logs) {
    if (wave > 0) {
      redone += waves.stream().mapToLong(WaveReport::done).sum() + underWay;
      waves.clear();
    }
    this.generation = generation;
    this.today = today;
    this.logs = Map.copyOf(logs);
    wave = 1;
    position = null;
  }

  synchronized void begins(Wave work) {
    parts = new Parts(work.parts(), position);
    boolean goesOn = position != null && !waves.isEmpty() && waves.get(waves.size() - 1).wave() == wave && position.parts() == work.parts();
    if (!goesOn) {
      waves.removeIf(each -> each.wave() == wave);
      waves.add(new WaveReport(wave, work.what(), 0, work.parts(), 0, 0, clock.instant(), null));
    }
    var report = waves.get(waves.size() - 1);
    done = report.done();
    worked = Duration.ofMillis(report.workedMillis());
    counted = clock.instant();
    underWay = 0;
    proving = false;
    position = parts.position(0);
  }

  /** No more parts than are not done. */
  OptionalInt nextPart() {
    return parts.take();
  }

  synchronized void indexed(IndexReport report) {
    underWay += report.versions().size() + report.unreadable().size();
    report.skeletons().forEach((key, reason) -> problem(key + ": without its content: " + reason));
    report.unreadable().forEach((key, reason) -> problem(key + ": not in the index: " + reason));
  }

  synchronized void problem(String problem) {
    if (problems.contains(problem)) return;
    problemCount++;
    if (problems.size() < MOST_PROBLEMS) problems.add(problem);
  }

  /** @param orders of those parts, as told to {@link #indexed} */
  synchronized void done(Iterable<Integer> some, long orders) {
    some.forEach(parts::done);
    underWay -= orders;
    done += orders;
  }

  /** What was indexed is indexed once more. @param orders of them, as told to {@link #indexed} */
  synchronized void undone(long orders) {
    underWay -= orders;
    redone += orders;
  }

  synchronized void proving() {
    proving = true;
  }

  synchronized void proven() {
    proving = false;
    report(clock.instant());
    wave++;
    logs = Map.of(); // of the first wave alone, and with many accounts much to write down
    position = null;
    parts = new Parts(0, null);
    done = 0;
  }

  synchronized void switched() {
    if (switchedAt == null) switchedAt = clock.instant();
  }

  synchronized void differ(List<String> now) {
    differences = List.copyOf(now);
  }

  synchronized List<String> differences() {
    return differences;
  }

  synchronized void under(Pressure now) {
    pressure = now;
  }

  /** Parts that are done, and all before them. */
  synchronized int reached() {
    return position == null ? 0 : parts.position(0).next();
  }

  synchronized Progress snapshot() {
    if (position != null) {
      report(null);
      position = parts.position(underWay);
    }
    return new Progress(
        generation, today, switchedAt, logs, wave, position, proving, List.copyOf(waves), redone, problemCount, List.copyOf(problems), differences, pressure);
  }

  private void report(@Nullable Instant end) {
    var now = clock.instant();
    worked = worked.plus(Duration.between(counted, now));
    counted = now;
    int last = waves.size() - 1;
    var before = waves.get(last);
    waves.set(
        last, new WaveReport(before.wave(), before.what(), done, before.parts(), parts.position(0).done(), worked.toMillis(), before.beganAt(), end));
  }
}
