package shop.orders.search.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import shop.orders.search.check.ReconcileRecord.Progress;

/** Two months of reconciling by a clock that stands while nothing is done. */
class TurnsTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final int CONTENT_DAYS = 100;

  private final ReconcileProperties properties = new ReconcileProperties(true, 1, Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(7));
  private final Turns turns = new Turns(properties);
  private final Map<Pass, Progress> passes = new EnumMap<>(Pass.class);
  private final Map<Pass, Duration> oldest = new EnumMap<>(Pass.class);
  private final Map<Pass, Integer> tried = new EnumMap<>(Pass.class);
  private int contentDays;

  @Test
  void quickPasses_areEachDoneInTime() {
    reconcile(Map.of(Pass.NEWEST, minutes(5), Pass.YEAR, minutes(10), Pass.ALL, minutes(20), Pass.CONTENT, minutes(5)), Set.of());
    for (var pass : Pass.values()) assertThat(oldest.get(pass)).as(pass.word()).isLessThan(pass.every(properties).multipliedBy(5).dividedBy(4));
  }

  @Test
  void passThatTakesLongerThanItsPeriod_holdsUpNoOther() {
    reconcile(Map.of(Pass.NEWEST, minutes(90), Pass.YEAR, minutes(120), Pass.ALL, minutes(180), Pass.CONTENT, minutes(20)), Set.of());
    for (var pass : EnumSet.complementOf(EnumSet.of(Pass.NEWEST))) assertThat(oldest.get(pass)).as(pass.word()).isLessThan(pass.every(properties).multipliedBy(3));
    assertThat(oldest.get(Pass.NEWEST)).isLessThan(Duration.ofHours(8));
  }

  @Test
  void passThatAlwaysFails_holdsUpNoOther_andIsTriedAgain() {
    for (var broken : Pass.values()) {
      reconcile(Map.of(Pass.NEWEST, minutes(5), Pass.YEAR, minutes(10), Pass.ALL, minutes(20), Pass.CONTENT, minutes(5)), Set.of(broken));
      for (var pass : EnumSet.complementOf(EnumSet.of(broken))) {
        assertThat(oldest.get(pass)).as("%s beside %s", pass.word(), broken.word()).isLessThan(pass.every(properties).multipliedBy(2));
      }
      assertThat(tried.get(broken)).as(broken.word()).isGreaterThan(50);
    }
  }

  @Test
  void passesThatAlwaysFail_takeTurns_andHoldUpNoOther() {
    reconcile(Map.of(Pass.NEWEST, minutes(5), Pass.YEAR, minutes(10), Pass.ALL, minutes(20), Pass.CONTENT, minutes(5)), EnumSet.of(Pass.NEWEST, Pass.YEAR));
    for (var pass : EnumSet.of(Pass.ALL, Pass.CONTENT)) assertThat(oldest.get(pass)).as(pass.word()).isLessThan(pass.every(properties).multipliedBy(2));
    assertThat(tried.get(Pass.NEWEST)).isGreaterThan(500);
    assertThat(tried.get(Pass.YEAR)).isGreaterThan(50);
  }

  private static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }

  private void reconcile(Map<Pass, Duration> takes, Set<Pass> broken) {
    var now = BEGIN;
    contentDays = 0;
    for (var pass : Pass.values()) {
      passes.put(pass, Progress.none(now));
      oldest.put(pass, Duration.ZERO);
      tried.put(pass, 0);
      turns.done(pass);
    }
    while (now.isBefore(BEGIN.plus(Duration.ofDays(60)))) {
      var next = turns.next(passes, now);
      if (next.isEmpty()) {
        now = now.plus(minutes(1));
        continue;
      }
      var pass = next.get();
      tried.merge(pass, 1, Integer::sum);
      var begun = now;
      now = now.plus(takes.get(pass));
      if (broken.contains(pass)) {
        turns.failed(pass, now);
      } else {
        passes.put(pass, after(pass, begun));
        turns.done(pass);
      }
      for (var each : Pass.values()) oldest.merge(each, Duration.between(passes.get(each).covered(), now), (a, b) -> a.compareTo(b) > 0 ? a : b);
    }
  }

  private Progress after(Pass pass, Instant begun) {
    var progress = passes.get(pass);
    if (pass != Pass.CONTENT) return new Progress(begun, true, null, null, 0, 0, 0);
    if (progress.begun() == null) progress = progress.begin(begun);
    contentDays = (contentDays + 1) % CONTENT_DAYS;
    return contentDays == 0 ? new Progress(progress.begun(), true, null, null, 0, 0, 0) : progress;
  }
}
