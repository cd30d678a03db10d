package shop.orders.store;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Decision;

/**
 * One decision with what must be written beside it.
 *
 * @param documents by revision, each revision new and unique to this command; the placed document under the revision its {@code Placed}
 *     names, a package's under the one its {@code Invoiced} names
 * @param lookAt when the workflow must look at the order next; null if nothing is due without an outside call
 */
public record OrderCommit(Decision decision, Map<String, Map<String, @Nullable Object>> documents, @Nullable Instant lookAt) {
  public OrderCommit {
    documents = Map.copyOf(documents);
    if (decision.events().isEmpty()) throw new IllegalArgumentException("nothing decided for " + decision.key());
  }
}
