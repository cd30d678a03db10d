package shop.orders.localstack.partners;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How the partners behave just now; changed over HTTP for drills.
 *
 * @param delayMillis how long the antifraud provider takes over every answer, 0 to 600,000
 * @param failRate share of the antifraud provider's answers that are 503, 0 to 1
 * @param approveAtPoll at which poll an analysis that began as "received" is approved, 1 to 100
 */
record Control(long delayMillis, double failRate, int approveAtPoll, Verdicts verdicts, Running erp, Running carrier) {
  enum Running {
    @JsonProperty("running") RUNNING,
    @JsonProperty("paused") PAUSED
  }

  /** By which rules the antifraud provider judges. */
  enum Verdicts {
    /** {@link Verdict#byBuyer}. */
    @JsonProperty("default") BY_BUYER,
    /** {@link Verdict#bySuite}: the protocol's certification suite, by the last digit of the transaction's id. */
    @JsonProperty("certification") CERTIFICATION
  }

  /** A wish to change some of it: null leaves as it is. */
  record Change(
      @Nullable Long delayMillis, @Nullable Double failRate, @Nullable Integer approveAtPoll, @Nullable Verdicts verdicts,
      @Nullable Running erp, @Nullable Running carrier) {}

  Control {
    if (delayMillis < 0 || delayMillis > 600_000) throw new IllegalArgumentException("delayMillis must be 0 to 600000: " + delayMillis);
    if (!(failRate >= 0 && failRate <= 1)) throw new IllegalArgumentException("failRate must be 0 to 1: " + failRate);
    if (approveAtPoll < 1 || approveAtPoll > 100) throw new IllegalArgumentException("approveAtPoll must be 1 to 100: " + approveAtPoll);
  }

  static Control healthy() {
    return new Control(0, 0, 2, Verdicts.BY_BUYER, Running.RUNNING, Running.RUNNING);
  }

  Control with(Change change) {
    return new Control(
        change.delayMillis() == null ? delayMillis : change.delayMillis(),
        change.failRate() == null ? failRate : change.failRate(),
        change.approveAtPoll() == null ? approveAtPoll : change.approveAtPoll(),
        change.verdicts() == null ? verdicts : change.verdicts(),
        change.erp() == null ? erp : change.erp(),
        change.carrier() == null ? carrier : change.carrier());
  }
}
