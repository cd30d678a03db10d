package shop.orders.search.rebuild;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  private Parts parts;
  private Duration worked;
  private Instant counted;

  /** @param before where it was left; what was being written then is written once more */
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
    parts = new Parts(position == null ? 0 : position.parts(), position);
    worked = workedBefore();
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
      redone += waves.stream().mapToLong(WaveReport::done).sum();
      waves.clear();
    }
    this.generation = generation;
    this.today = today;
    this.logs = Map.copyOf(logs);
    wave = 1;
    position = null;
  }

  /** @return what is to do of it */
  synchronized Parts begins(Wave work) {
    parts = new Parts(work.parts(), position);
    if (!parts.goesOn()) {
      waves.removeIf(each -> each.wave() == wave);
      waves.add(new WaveReport(wave, work.what(), 0, work.parts(), 0, 0, clock.instant(), null));
    }
    worked = workedBefore();
    counted = clock.instant();
    proving = false;
    position = parts.position();
    return parts;
  }

  synchronized void indexed(IndexReport report) {
    report.skeletons().forEach((key, reason) -> problem(key + ": without its content: " + reason));
    report.unreadable().forEach((key, reason) -> problem(key + ": not in the index: " + reason));
  }

  synchronized void problem(String problem) {
    if (problems.contains(problem)) return;
    problemCount++;
    if (problems.size() < MOST_PROBLEMS) problems.add(problem);
  }

  /** Orders of a wave had to be indexed once more. @return the same */
  synchronized IndexReport repaired(IndexReport report) {
    indexed(report);
    redone += report.orders();
    return report;
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
    return position == null ? 0 : parts.position().next();
  }

  synchronized Progress snapshot() {
    if (position != null) {
      report(null);
      position = parts.position();
    }
    return new Progress(
        generation, today, switchedAt, logs, wave, position, proving, List.copyOf(waves), redone, problemCount, List.copyOf(problems), differences, pressure);
  }

  private Duration workedBefore() {
    return waves.isEmpty() ? Duration.ZERO : Duration.ofMillis(waves.get(waves.size() - 1).workedMillis());
  }

  private void report(@Nullable Instant end) {
    var now = clock.instant();
    worked = worked.plus(Duration.between(counted, now));
    counted = now;
    int last = waves.size() - 1;
    var before = waves.get(last);
    var reached = parts.position();
    waves.set(last, new WaveReport(before.wave(), before.what(), reached.orders(), before.parts(), reached.done(), worked.toMillis(), before.beganAt(), end));
  }
}
