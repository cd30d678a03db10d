package shop.orders.store;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Decision;

/**
 * One decision with what must be written beside it.
 *
 * @param documents by revision, each revision new and unique to this command; the placed document under the revision its {@code Origin}
 *     names, a package's or mail's under the one its {@code Invoiced} or {@code MessageSent} names
 * @param lookAt when the workflow must look at the order next, now if it is past; null if nothing is due without an outside call
 */
public record OrderCommit(Decision decision, Map<String, Map<String, @Nullable Object>> documents, @Nullable Instant lookAt) {
  public OrderCommit {
    documents = Map.copyOf(documents);
    if (decision.events().isEmpty()) throw new IllegalArgumentException("nothing decided for " + decision.key());
  }

  /**
   * When the wakeup is due that is written at {@code now}. Never earlier: the readers of wakeups may be past it.
   *
   * @throws NullPointerException if there is nothing to look at
   */
  public Instant lookAtNotBefore(Instant now) {
    var at = Objects.requireNonNull(lookAt);
    return at.isBefore(now) ? now : at;
  }
}
