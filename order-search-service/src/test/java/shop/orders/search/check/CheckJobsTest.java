package shop.orders.search.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import shop.orders.search.check.Checker.Depth;
import shop.orders.search.index.Coverage;

class CheckJobsTest {
  @Test
  void shown_saysWhatWasInTheIndexWhenItBegan() {
    assertThat(done(Optional.of(Instant.EPOCH)).complete()).isTrue();
    assertThat(done(Optional.of(Instant.EPOCH)).completeSince()).isNull();
    var day = Instant.parse("2026-11-01T00:00:00Z");
    assertThat(done(Optional.of(day)).complete()).isFalse();
    assertThat(done(Optional.of(day)).completeSince()).isEqualTo(day);
    assertThat(done(Optional.empty()).complete()).isFalse();
    assertThat(done(Optional.empty()).completeSince()).isNull();
  }

  private static CheckController.Shown done(Optional<Instant> completeSince) {
    var answers = new Answers(completeSince);
    var jobs = new CheckJobs(answers, answers, Clock.systemUTC());
    try {
      jobs.start(new Scope(1, null, null, null), Depth.SUMS, false);
      await().until(() -> jobs.last().orElseThrow().state() == CheckJobs.State.DONE);
      return CheckController.Shown.of(jobs.last().orElseThrow());
    } finally {
      jobs.destroy();
    }
  }

  /** All is there as soon as it is compared. */
  private static final class Answers implements Checker, Coverage {
    private Optional<Instant> completeSince;

    Answers(Optional<Instant> completeSince) {
      this.completeSince = completeSince;
    }

    @Override
    public Optional<Instant> completeSince() {
      return completeSince;
    }

    @Override
    public CheckReport check(Scope scope, Depth depth, boolean repair, Watcher watcher) {
      completeSince = Optional.of(Instant.EPOCH);
      return new CheckReport(1, 1, Map.of(), Map.of(), List.of());
    }

    @Override
    public CheckReport check(Scope scope, @Nullable StoreSums stored) {
      throw new UnsupportedOperationException();
    }

    @Override
    public StoreSums stored(int atOnce) {
      throw new UnsupportedOperationException();
    }
  }
}
