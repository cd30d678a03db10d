package shop.orders.web.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The board as it is shown.
 *
 * @param lookedAt when it was found out
 * @param toldBy the service whose process found it out
 */
record StatusView(Instant lookedAt, String toldBy, List<CapabilityView> capabilities) {
  /**
   * @param since null while nothing is known
   * @param objective within which it is to be back: PT10M, PT4H
   * @param offered whether this version has it
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record CapabilityView(String name, State state, @Nullable Instant since, String objective, String sentence, boolean offered) {
    static CapabilityView of(Capability capability, State state, @Nullable Instant since, String sentence) {
      return new CapabilityView(capability.word(), state, since, capability.objective.toString(), sentence, capability.isOffered());
    }
  }
}
