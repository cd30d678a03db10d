package shop.orders.web.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the measures of one service stand, judged from its processes' reports and nothing else. Pure. */
final class Progress {
  /** A process writes every 5 s; this is four times in a row that it did not. */
  static final Duration SILENT = Duration.ofSeconds(20);

  /** In which a process that was just started takes its shards over, and looks at everything for the first time. */
  static final Duration STARTING = Duration.ofSeconds(45);

  private final List<Report> all;
  private final List<Report> alive;
  private final boolean starting;
  private final Instant now;

  Progress(List<Report> reports, String service, Instant now) {
    this.now = now;
    this.all = reports.stream().filter(report -> report.service().equals(service)).toList();
    this.alive = all.stream().filter(report -> !olderThan(report.writtenAt(), SILENT)).toList();
    this.starting = alive.stream().allMatch(report -> !olderThan(report.startedAt(), STARTING));
  }

  /**
   * When a measure counts as absent, and its work as standing.
   *
   * @param silent nobody has looked after the work for so long
   * @param standing something waits, and nothing was completed, for so long
   * @param late something waits for so long, though things are completed
   */
  record Limits(Duration silent, Duration standing, Duration late) {
    static final Limits USUAL = new Limits(SILENT, Duration.ofSeconds(30), Duration.ofMinutes(2));

    /** For work in long pieces that nobody waits for. */
    static final Limits BACKGROUND = new Limits(Duration.ofMinutes(10), Duration.ofMinutes(30), Duration.ofDays(365));
  }

  enum Pace {
    /** Nothing can be said yet. */
    UNDECIDED,
    WELL,
    LATE,
    STANDS,
    /** The measure itself is absent. */
    ABSENT
  }

  /** @param since when it began to be so; now while it is well */
  record Finding(Pace pace, Instant since, @Nullable String note) {
    boolean is(Pace... any) {
      return List.of(any).contains(pace);
    }
  }

  /** Whether any process of the service is alive. */
  boolean isAlive() {
    return !alive.isEmpty();
  }

  /** When the last of its processes was heard of; empty if none ever was. */
  Optional<Instant> heardAt() {
    return all.stream().map(Report::writtenAt).max(Comparator.naturalOrder());
  }

  /** Of work that one process does for all: whoever looked after it last knows best. */
  Finding shared(String measure, Limits limits) {
    var readings = readings(all, measure).toList();
    var last = readings.stream().max(Comparator.comparing(Reading::seenAt));
    return last.map(reading -> judge(reading, limits)).orElseGet(this::never);
  }

  /** Of work that every process does on its own: one finding each, or for each of its parts ({@code ingest/0}). Never empty. */
  List<Finding> each(String measure, Limits limits) {
    var findings = readings(alive, measure).map(reading -> judge(reading, limits)).toList();
    if (!findings.isEmpty()) return findings;
    var last = readings(all, measure).max(Comparator.comparing(Reading::seenAt));
    return List.of(last.map(reading -> judge(reading, limits)).orElseGet(this::never));
  }

  private Finding never() {
    var began = alive.stream().map(Report::startedAt).min(Comparator.naturalOrder()).orElse(now);
    return new Finding(starting ? Pace.UNDECIDED : Pace.ABSENT, began, null);
  }

  private Finding judge(Reading reading, Limits limits) {
    var silent = starting && limits.silent.compareTo(STARTING) < 0 ? STARTING : limits.silent;
    if (olderThan(reading.seenAt(), silent)) return new Finding(Pace.ABSENT, reading.seenAt(), reading.note());
    var open = reading.oldestOpen();
    var done = reading.lastDone();
    if (open == null || !olderThan(open, limits.standing)) return new Finding(Pace.WELL, now, reading.note());
    if (done == null || olderThan(done, limits.standing)) {
      return new Finding(starting ? Pace.UNDECIDED : Pace.STANDS, done != null && done.isAfter(open) ? done : open, reading.note());
    }
    return olderThan(open, limits.late) ? new Finding(Pace.LATE, open, reading.note()) : new Finding(Pace.WELL, now, reading.note());
  }

  private static Stream<Reading> readings(List<Report> reports, String measure) {
    return reports.stream()
        .flatMap(report -> report.measures().entrySet().stream())
        .filter(each -> each.getKey().equals(measure) || each.getKey().startsWith(measure + "/"))
        .map(Map.Entry::getValue);
  }

  private boolean olderThan(Instant at, Duration age) {
    return at.isBefore(now.minus(age));
  }
}
