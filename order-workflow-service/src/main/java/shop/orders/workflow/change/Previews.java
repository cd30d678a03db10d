package shop.orders.workflow.change;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shop.orders.model.Decision;
import shop.orders.model.Order;

/** Works a change out and writes nothing. */
@Component
class Previews {
  private final Changes changes;
  private final Clock clock;

  Previews(Changes changes, Clock clock) {
    this.changes = changes;
    this.clock = clock;
  }

  Map<String, @Nullable Object> preview(Order order, Wish wish, String by) {
    var decision = Decision.on(order, UUID.randomUUID(), clock.instant(), by);
    return changes.draft(order, wish, UUID.randomUUID().toString(), decision).document();
  }
}
