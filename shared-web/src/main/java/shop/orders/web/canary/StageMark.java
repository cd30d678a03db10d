package shop.orders.web.canary;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import shop.orders.web.status.Measure;

/** What is told of a stage. While an earlier one fails it does not get its turn, and says nothing. For one thread. */
class StageMark {
  private final Measure measure;

  /** When it was last passed, or first tried; later by the time in which it did not get its turn. */
  private @Nullable Instant good;

  StageMark(Measure measure) {
    this.measure = measure;
  }

  void passed(Instant at) {
    good = at;
    measure.idle();
    measure.done(at);
    measure.note(null);
  }

  void failed(Instant begun, @Nullable String why) {
    if (good == null) good = begun;
    measure.open(good);
    measure.note(why);
  }

  void hadNoTurn(Duration round) {
    if (good != null) good = good.plus(round);
    measure.leave();
  }

  /** Another process, or nobody, sends orders. */
  void leave() {
    good = null;
    measure.leave();
  }
}
