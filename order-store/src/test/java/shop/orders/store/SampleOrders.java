package shop.orders.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.Flow;
import shop.orders.model.Order;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderStatus;

/** Orders for tests: documents, and decisions on them. */
public final class SampleOrders {
  /** When sample orders are placed, unless a test says otherwise. */
  public static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456700Z");

  /** When {@link #placed} orders were, as headers say it. */
  static final Instant PLACED_AT = NOON.truncatedTo(ChronoUnit.MILLIS);

  private static final AtomicLong NUMBERS = new AtomicLong();

  private SampleOrders() {}

  /** A key that no other test has. */
  public static OrderKey newKey() {
    return newKey("demo");
  }

  /** A key that no other test has, in {@code account}. */
  public static OrderKey newKey(String account) {
    return new OrderKey(account, "v" + UUID.randomUUID().toString().substring(0, 8) + NUMBERS.incrementAndGet() + "-01");
  }

  /** An account that no other test has. */
  public static String newAccount() {
    return "a" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
  }

  /** A document with {@code lines} items, a customer, and numbers of every kind. */
  public static Map<String, @Nullable Object> document(int lines) {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("affiliateId", "");
    document.put("salesChannel", "1");
    document.put("value", 1050L * lines);
    var items = new ArrayList<@Nullable Object>();
    for (int i = 1; i <= lines; i++) items.add(item(i));
    document.put("items", items);
    document.put("clientProfileData", customer());
    document.put("marketplaceServicesEndpoint", null);
    document.put("taxRate", new BigDecimal("0.014090900309383867"));
    document.put("openTextField", Map.of());
    document.put("isCheckedIn", false);
    return document;
  }

  private static Map<String, @Nullable Object> item(int number) {
    var item = new LinkedHashMap<String, @Nullable Object>();
    item.put("uniqueId", "87F0945396994B349158C7D9C9941442-" + number);
    item.put("id", String.valueOf(1_000_000 + number));
    item.put("productId", String.valueOf(9_000_000 + number));
    item.put("quantity", 1L);
    item.put("seller", "1");
    item.put("name", "Camiseta básica, número " + number);
    item.put("price", 1050L);
    item.put("sellingPrice", 1050L);
    item.put("refId", null);
    item.put("attachments", List.of());
    item.put("additionalInfo", new LinkedHashMap<>(Map.of("dimension", Map.of("cubicweight", new BigDecimal("0.7031"), "weight", new BigDecimal("15.0")))));
    return item;
  }

  private static Map<String, @Nullable Object> customer() {
    var customer = new LinkedHashMap<String, @Nullable Object>();
    customer.put("id", "clientProfileData");
    customer.put("email", "rodrigo.cunha@example.com");
    customer.put("firstName", "Rodrigo");
    customer.put("lastName", "Gonçalves");
    customer.put("document", "11047867702");
    customer.put("corporateName", null);
    customer.put("isCorporate", false);
    return customer;
  }

  /** A placement up to {@code payment-pending}: three events. Its document is {@code doc-1}. */
  public static Decision placing(OrderKey key, UUID commandId, Instant at) {
    var placed = new Change.Placed(Flow.COMPLETE, "doc-1", 1050, "500123", key.orderId().replaceFirst("-\\d+$", ""));
    return Decision.place(key, placed, commandId, at, "key:vtexappkey-demo-LOCALK")
        .move(OrderStatus.ON_ORDER_COMPLETED)
        .move(OrderStatus.PAYMENT_PENDING);
  }

  /** Everything that is written for a new order of one line. */
  public static OrderCommit placement(OrderKey key) {
    return placement(key, UUID.randomUUID(), NOON);
  }

  /** Everything that is written for a new order of one line. */
  public static OrderCommit placement(OrderKey key, UUID commandId, Instant at) {
    return new OrderCommit(placing(key, commandId, at), Map.of("doc-1", document(1)), at.plusSeconds(1));
  }

  /** A new order, written. */
  public static Order placed(OrderStore store) {
    return placed(store, newKey());
  }

  /** A new order, written. */
  public static Order placed(OrderStore store, OrderKey key) {
    return applied(store.commit(placement(key)));
  }

  /** The next decision on an order in {@code payment-pending}: approved, up to {@code window-to-cancel}. */
  public static OrderCommit approval(Order order) {
    return approval(order, UUID.randomUUID());
  }

  /** The next decision on an order in {@code payment-pending}: approved, up to {@code window-to-cancel}. */
  public static OrderCommit approval(Order order, UUID commandId) {
    var decision =
        Decision.on(order, commandId, order.changedAt().plusSeconds(2), "antifraud")
            .move(OrderStatus.APPROVE_PAYMENT, new Change.AntifraudAnswered("D5A2", "t-77", "approved", null))
            .move(OrderStatus.PAYMENT_APPROVED)
            .move(OrderStatus.WINDOW_TO_CANCEL);
    return new OrderCommit(decision, Map.of(), null);
  }

  /** A decision that leaves the status as it is, so that it may be taken again and again. */
  public static OrderCommit note(Order order, UUID commandId, Instant at) {
    var asked = new Change.AntifraudAnswered("D5A2", null, "undefined", "still looking");
    return new OrderCommit(Decision.on(order, commandId, at, "antifraud").record(asked), Map.of(), null);
  }

  /** The order of an {@link CommitOutcome.Applied}. @throws AssertionError if it is none */
  public static Order applied(CommitOutcome outcome) {
    if (outcome instanceof CommitOutcome.Applied applied) return applied.order();
    throw new AssertionError("not applied: " + outcome);
  }
}
