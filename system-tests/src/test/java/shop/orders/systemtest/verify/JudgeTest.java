package shop.orders.systemtest.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.orders.model.OrderStatus.ON_ORDER_COMPLETED;
import static shop.orders.model.OrderStatus.PAYMENT_PENDING;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.Flow;
import shop.orders.model.OrderKey;
import shop.orders.store.LogEntry;
import shop.orders.store.OrderCommit;
import shop.orders.store.Stores;
import shop.orders.store.memory.InMemoryStore;
import shop.orders.systemtest.verify.Findings.Fault;

/** The judge sees each fault that is planted, and no other. */
class JudgeTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final List<String> STATUSES = List.of("order-created", "on-order-completed", "payment-pending");

  private final Stores stores = new InMemoryStore(Clock.systemUTC()).stores();
  private final Map<OrderKey, Long> index = new HashMap<>();
  private final List<LogEntry> log = new ArrayList<>();

  @BeforeEach
  void twoOrders() {
    for (var key : List.of(key(1), key(2))) {
      var placed = new Change.Placed(Flow.COMPLETE, UUID.randomUUID().toString(), 100, "1", "v1");
      var decision = Decision.place(key, placed, UUID.randomUUID(), NOON, "test").move(ON_ORDER_COMPLETED).move(PAYMENT_PENDING);
      stores.orders().commit(new OrderCommit(decision, Map.of(placed.documentRev(), Map.of("value", 100L)), null));
      for (int v = 1; v <= 3; v++) log.add(entry(key, v, STATUSES.get(v - 1)));
      index.put(key, 3L);
    }
  }

  @Test
  void look_findsNothingWhereAllIsWell() {
    var findings = look();
    assertThat(findings.allZero()).isTrue();
    assertThat(findings.orders).isEqualTo(2);
    assertThat(findings.events).isEqualTo(6);
  }

  @Test
  void look_seesAnEventThatIsNotInTheLog() {
    log.remove(5);
    assertFaults(look(), Fault.LOST);
  }

  @Test
  void look_seesAnEventInTheMiddleThatIsNotInTheLog() {
    log.remove(4);
    assertFaults(look(), Fault.OUT_OF_ORDER);
  }

  @Test
  void look_seesADoubledEvent() {
    log.add(entry(key(1), 3, "payment-pending"));
    assertFaults(look(), Fault.DOUBLED);
  }

  @Test
  void look_seesAnEventThatSaysSomethingElse() {
    log.set(2, entry(key(1), 3, "canceled"));
    assertFaults(look(), Fault.DIFFERENT);
  }

  @Test
  void look_seesAnEventOfNoOrder() {
    log.add(entry(key(3), 1, "order-created"));
    assertFaults(look(), Fault.DIFFERENT);
  }

  @Test
  void look_seesWhatKafkaDidNotGet() {
    stores.eventLog().append("demo", 0, log);
    stores.cursors().replace("demo", "kafka", 0, "4");
    assertFaults(judge().look(), Fault.NOT_IN_KAFKA);
  }

  @Test
  void look_seesMissingStaleAndStrangeDocuments() {
    index.remove(key(1));
    assertFaults(look(), Fault.MISSING_IN_INDEX);
    index.put(key(1), 2L);
    assertFaults(judge().look(), Fault.STALE_IN_INDEX);
    index.put(key(1), 3L);
    index.put(key(9), 3L);
    assertFaults(judge().look(), Fault.STRANGER_IN_INDEX);
  }

  private Findings look() {
    stores.eventLog().append("demo", 0, log);
    stores.cursors().replace("demo", "kafka", 0, String.valueOf(log.size()));
    return judge().look();
  }

  private Judge judge() {
    return new Judge(
        stores.orderScan(), stores.orders(), stores.eventLog(), stores.cursors(), stores.settings(), sink -> index.forEach(sink::accept));
  }

  private static void assertFaults(Findings findings, Fault... expected) {
    assertThat(Arrays.stream(Fault.values()).filter(f -> findings.count(f) > 0)).containsExactly(expected);
  }

  private static LogEntry entry(OrderKey key, long version, String status) {
    return new LogEntry(key.orderId(), version, status, null, "Marketplace", "moved", NOON, null, NOON);
  }

  private static OrderKey key(int i) {
    return new OrderKey("demo", "v" + i + "demo-01");
  }
}
