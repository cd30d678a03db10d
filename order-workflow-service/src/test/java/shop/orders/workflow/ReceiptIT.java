package shop.orders.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import shop.orders.model.OrderKey;
import shop.orders.store.Receipts;
import tools.jackson.databind.JsonNode;

/** What became of an action, asked by its receipt. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ReceiptIT {
  @Value("${local.server.port}")
  int port;

  @Autowired Receipts receipts;
  @Autowired MeterRegistry meters;

  private Shop shop;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    Shop.properties(registry);
    registry.add("orders.status.every", () -> "1h"); // its writes would be counted
  }

  @BeforeEach
  void open() {
    shop = new Shop(port);
  }

  @Test
  void anInvoice_isDone_andSentAgainUnchanged() {
    var id = shop.handling();
    var first = shop.invoice(id, "N1");
    var told = told(first);
    assertThat(told.propertyNames()).containsExactly("receipt", "orderId", "action", "date", "outcome", "reason", "version", "status", "events");
    assertThat(told.path("orderId").asString()).isEqualTo(id);
    assertThat(told.path("action").asString()).isEqualTo("invoice");
    assertThat(told.path("outcome").asString()).isEqualTo("done");
    assertThat(told.path("status").asString()).isEqualTo("invoiced");
    assertThat(told.path("events")).extracting(e -> e.path("to").asString()).containsExactly("handling", "invoice", "invoiced");
    assertThat(told.at("/events/0/type").asString()).isEqualTo("invoiced");
    assertThat(told.at("/events/0/by").asString()).startsWith("key:");
    assertThat(told.path("version").asLong()).isEqualTo(told.at("/events/2/version").asLong());

    var again = shop.invoice(id, "N1");
    assertThat(again.json().path("receipt")).isNotEqualTo(first.json().path("receipt"));
    assertThat(told(again).path("outcome").asString()).isEqualTo("unchanged");
    assertThat(told(again).path("version")).isEqualTo(told.path("version"));
    assertThat(told(again).path("events")).isEmpty();
    assertThat(told(shop.track(id, "N1", true)).path("action").asString()).isEqualTo("tracking");
  }

  @Test
  void aCancellation_isPendingUntilTheSellerAgrees() {
    var id = shop.handling();
    var asked = shop.cancel(id, true);
    assertThat(told(asked).path("outcome").asString()).isEqualTo("pending");
    assertThat(told(shop.cancel(id, true)).path("outcome").asString()).isEqualTo("unchanged");
    var agreed = shop.cancel(id, false);
    for (var receipt : List.of(asked, agreed)) {
      assertThat(told(receipt).path("outcome").asString()).isEqualTo("done");
      assertThat(told(receipt).path("status").asString()).isEqualTo("canceled");
    }
  }

  /** Whoever loses the race decides again under the same receipt, and may find that there is nothing left to do. */
  @Test
  void everyRacer_hasAReceiptThatIsKnown() throws Exception {
    var id = shop.handling();
    try (var callers = new Callers(8)) {
      var answers = callers.all(i -> shop.invoice(id, "N1"));
      assertThat(answers).extracting(a -> told(a).path("outcome").asString()).containsOnly("done", "unchanged").containsOnlyOnce("done");
      var reports = callers.all(i -> shop.api.put(Shop.orders(id) + "/invoice/N1/tracking", Map.of("isDelivered", false, "events", List.of(Map.of("city", "C" + i)))));
      assertThat(reports).extracting(a -> told(a).path("outcome").asString()).containsOnly("done");
      assertThat(reports).extracting(a -> told(a).path("version").asLong()).doesNotHaveDuplicates();
    }
  }

  private record Callers(ExecutorService threads, int count) implements AutoCloseable {
    Callers(int count) {
      this(Executors.newFixedThreadPool(count), count);
    }

    List<Api.Answer> all(IntFunction<Api.Answer> call) throws Exception {
      var calls = IntStream.range(0, count).<Callable<Api.Answer>>mapToObj(i -> () -> call.apply(i)).toList();
      var answers = new ArrayList<Api.Answer>();
      for (var answer : threads.invokeAll(calls)) answers.add(answer.get());
      return answers;
    }

    @Override
    public void close() {
      threads.shutdownNow();
    }
  }

  @Test
  void aReceipt_isKnownInEveryNotation() {
    var receipt = shop.cancel(shop.place(), null).json().path("receipt").asString();
    var dashed = receipt.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    for (var written : List.of(receipt, dashed, receipt.toUpperCase(Locale.ROOT), dashed.toUpperCase(Locale.ROOT))) {
      assertThat(shop.api.get("/api/oms/pvt/receipts/" + written).json().path("receipt").asString()).isEqualTo(receipt);
    }
  }

  @Test
  void fulfill_hasAReceiptToo() {
    var item = Map.of("id", "18", "quantity", 1, "seller", "1", "price", 990);
    var client = Map.of("email", "a@b.c", "firstName", "A", "lastName", "B", "documentType", "cpf", "document", "1");
    var shipping = Map.of("address", Map.of("city", "Rio"), "logisticsInfo", List.of());
    var sent = Map.of("marketplaceOrderId", "77-01", "marketplaceServicesEndpoint", "http://m.example.com", "marketplacePaymentValue", 990,
        "items", List.of(item), "clientProfileData", client, "shippingData", shipping);
    var placed = shop.api.post("/api/fulfillment/pvt/orders?sc=1&affiliateId=MKP", sent);
    assertThat(placed.status()).as(placed.text()).isEqualTo(200);
    var fulfil = shop.api.post("/api/fulfillment/pvt/orders/MKP-77-01/fulfill?sc=1&affiliateId=MKP", Map.of("marketplaceOrderId", "77-01"));
    assertThat(told(fulfil).path("action").asString()).isEqualTo("fulfill");
    assertThat(told(fulfil).path("outcome").asString()).isEqualTo("done");
  }

  /** As a process leaves it that was killed between the receipt and the order's batch. */
  @Test
  void aReceiptWithoutItsCommand_isNotDone() {
    var id = shop.place();
    var lost = UUID.randomUUID();
    receipts.save(new Receipts.Entry(lost, new OrderKey(shop.account, id), "cancel", Instant.EPOCH, null));
    var told = shop.api.get("/api/oms/pvt/receipts/" + lost).json();
    assertThat(told.path("outcome").asString()).isEqualTo("not-done");
    assertThat(told.path("version").isNull()).isTrue();
  }

  @Test
  void aRefusedAction_leavesTheOrderAsItIs() {
    var id = shop.place();
    var before = shop.order(id, "");
    assertThat(shop.invoice(id, "N1").status()).isEqualTo(409);
    assertThat(shop.track(id, "N1", true).status()).isEqualTo(404);
    assertThat(shop.order(id, "")).isEqualTo(before);
  }

  /** Beside the change's wakeup; lanes write nothing plainly. */
  @Test
  void aReceipt_costsOnePlainWrite() {
    var id = shop.handling();
    shop.invoice(id, "N1");
    var before = plainWrites();
    shop.track(id, "N1", false);
    assertThat(plainWrites() - before).as("wakeup and receipt").isEqualTo(2);
    shop.track(id, "N1", false);
    assertThat(plainWrites() - before).as("the receipt of what changed nothing").isEqualTo(3);
    shop.track(id, "NONE", false);
    assertThat(plainWrites() - before).as("no receipt of what was refused").isEqualTo(3);
  }

  private long plainWrites() {
    return (long) meters.get("orders.store.statements").tag("kind", "write").counter().count();
  }

  @Test
  void aReceiptOfAnotherAccount_isUnknown() {
    var receipt = shop.cancel(shop.place(), null).json().path("receipt").asString();
    assertThat(new Shop(port).api.get("/api/oms/pvt/receipts/" + receipt).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "00000000000000000000000000000000", "0000000000000000000000000000000g", "%20", "38e0e47da2934847b489216d208cfd91000"})
  void unknownReceipts_areNotFound(String receipt) {
    var answer = shop.api.get("/api/oms/pvt/receipts/" + receipt);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().path("error").propertyNames()).containsExactly("code", "message", "exception");
  }

  private JsonNode told(Api.Answer action) {
    assertThat(action.status()).as(action.text()).isBetween(200, 201);
    var told = shop.api.get("/api/oms/pvt/receipts/" + action.json().path("receipt").asString());
    assertThat(told.status()).as(told.text()).isEqualTo(200);
    return told.json();
  }
}
