package shop.orders.workflow.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.Flow;
import shop.orders.model.Order;
import shop.orders.model.OrderDocument;
import shop.orders.model.OrderKey;
import shop.orders.store.OrderCommit;
import shop.orders.store.Stores;
import shop.orders.store.TestClock;
import shop.orders.store.memory.InMemoryStore;
import shop.orders.web.Caller;
import shop.orders.web.TestBody;
import shop.orders.web.trace.OrderTraces;
import shop.orders.workflow.account.TestAccounts;
import shop.orders.workflow.command.TestCommands;

class CheckoutControllerTest {
  private static final Caller CHECKOUT = new Caller("demo", "checkout", null);
  private static final String CART = "{\"value\":1160,\"items\":[{\"id\":\"18\",\"quantity\":1,\"price\":1160,\"seller\":\"1\"}]}";

  private final TestClock clock = new TestClock(Instant.parse("2026-11-23T12:00:00Z"));
  private final Stores stores = new InMemoryStore(clock).stores();
  private final CheckoutController controller = controller();

  @Test
  void anOrderOfAMarketplaceThatHasTheId_isNotTheCarts() {
    taken(1, Flow.SOLD_ELSEWHERE, null, 990);
    var order = placed(null);
    assertThat(order.key().orderId()).isNotEqualTo("v1demo-01");
    assertThat(order.placed().value()).isEqualTo(1160);
  }

  @Test
  void anOrderFromBeforeTheNumbersBeganAgain_isNotTheCarts() {
    taken(1, Flow.COMPLETE, "v1demo", 1160);
    assertThat(placed(null).key().orderId()).as("without a key it is no repeated request").isNotEqualTo("v1demo-01");
  }

  @Test
  void aRepeatedCart_isTheOneThatWasPlaced_andNeverAnotherThatHasItsFirstNumber() {
    taken(1, Flow.COMPLETE, "v1demo", 990);
    var once = placed("cart");
    assertThat(once.placed().value()).isEqualTo(1160);
    for (int i = 0; i < 3; i++) assertThat(placed("cart")).isEqualTo(once);
  }

  private Order placed(@Nullable String key) {
    var placed = (Placed) controller.place(CHECKOUT, TestBody.of(CART), key);
    return stores.orders().find(new OrderKey("demo", placed.orderId())).orElseThrow();
  }

  private void taken(long number, Flow flow, @Nullable String group, long value) {
    var document = OrderDocument.placed(Map.of("value", value, "items", List.of(Map.of("id", "18", "quantity", 1L, "price", value, "seller", "1"))));
    var placed = new Change.Placed(flow, UUID.randomUUID().toString(), value, String.valueOf(number), group);
    var decision = Decision.place(new OrderKey("demo", "v" + number + "demo-01"), placed, UUID.randomUUID(), clock.instant(), "key:other");
    stores.orders().commit(new OrderCommit(decision, Map.of(placed.documentRev(), document.fields()), null));
  }

  private CheckoutController controller() {
    var accounts = TestAccounts.of(stores.settings());
    var meter = new IntakeMeter(new SimpleMeterRegistry());
    var commands = TestCommands.of(stores.orders(), TestCommands.agenda(accounts), clock);
    var intake = new Intake(stores.orders(), commands, accounts, clock, meter, OrderTraces.none());
    return new CheckoutController(intake, stores.sequences(), stores.idempotencyKeys(), stores.orders(), meter);
  }
}
