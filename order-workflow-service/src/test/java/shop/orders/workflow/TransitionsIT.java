package shop.orders.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.Flow;
import shop.orders.model.OrderEvent;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderStatus;
import shop.orders.model.Transition;
import shop.orders.model.Trigger;
import shop.orders.model.VtexDates;
import shop.orders.store.OrderCommit;
import shop.orders.store.OrderStore;
import shop.orders.testservers.TestServers;
import tools.jackson.databind.JsonNode;

/**
 * Every row of the public workflow by its name, and every row of our tables by everything that is said to trigger it: over HTTP, by a partner's
 * answer, or by time. What was never triggered is found at the end.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TransitionsIT {
  private static final String OPERATOR = "operator-token-of-the-test";
  private static final String LONG_AGO = "2017-02-10T05:46:24.1234567+00:00";
  private static final StubAntifraud ANTIFRAUD = new StubAntifraud();
  private static final StubSeller SELLER = new StubSeller();

  /** All orders of all tests. */
  private static final Set<OrderKey> ORDERS = ConcurrentHashMap.newKeySet();

  @Value("${local.server.port}")
  int port;

  @Autowired OrderStore store;

  private String account;
  private Api api;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    TestWorkflow.properties(registry, TestServers.cassandra(), "127.0.0.1:1");
    registry.add("orders.operator.token", () -> OPERATOR);
    registry.add("orders.workflow.antifraud-poll-every", () -> "200ms");
  }

  @BeforeEach
  void account() {
    ANTIFRAUD.says("approved");
    for (var call : List.of("orders", "fulfill", "cancel")) SELLER.says(call, "200");
    account = "t" + UUID.randomUUID().toString().substring(0, 8);
    api = Api.newAccount(port, OPERATOR, account, "PT0S", null);
  }

  // ---- Marketplace

  @Test
  void checkout_orderCreated() {
    var id = place(api, "1");
    assertThat(statuses(id)).startsWith("order-created", "on-order-completed", "payment-pending");
  }

  @Test
  void orderCreated_onOrderCompleted_whenAllSellersAccepted() {
    sellerToldOf();
    var id = place(api, "other");
    awaitStatus(id, "payment-pending");
    assertThat(SELLER.calls).anyMatch(call -> call.startsWith("/api/fulfillment/pvt/orders ") && call.contains(id));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void orderCreated_orderCreateError_isRetried(boolean chained) {
    sellerToldOf();
    SELLER.says("orders", "503", "503", "200");
    var id = chained ? fromMarketplace("other", 1160, false) : place(api, "other");
    var next = chained ? "waiting-for-mkt-authorization" : "payment-pending";
    awaitStatus(id, next);
    assertThat(statuses(id)).containsExactly("order-created", "order-create-error", "on-order-completed", next);
  }

  @ParameterizedTest
  @EnumSource(names = {"SOLD_BY_OTHERS", "CHAIN"})
  void orderCreated_cancel_whenTheSellerCouldNotBeTold(Flow flow) {
    var key = new OrderKey(account, "told-long-ago-01");
    var placed = new Change.Placed(flow, "placed", 1160, "1", null, "other");
    var decision = Decision.place(key, placed, UUID.randomUUID(), VtexDates.read(LONG_AGO).orElseThrow(), "test");
    store.commit(new OrderCommit(decision, Map.of("placed", TestOrders.order("other")), Instant.now()));
    awaitStatus(key.orderId(), "canceled");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void orderCreated_orderCreationError_waitsForAPersonToTryAgain(boolean chained) {
    sellerToldOf();
    SELLER.says("orders", "404", "503", "400", "200");
    var id = chained ? fromMarketplace("other", 1160, false) : place(api, "other");
    awaitStatus(id, "order-creation-error");
    assertThat(get(id).path("workflowIsInError").asBoolean()).isTrue();
    assertThat(post(id, "/retry", null)).isEqualTo(200);
    await().until(() -> statuses(id).stream().filter("order-creation-error"::equals).count() == 2); // by way of order-create-error
    assertThat(post(id, "/retry", null)).isEqualTo(200);
    awaitStatus(id, chained ? "waiting-for-mkt-authorization" : "payment-pending");
    assertThat(get(id).path("workflowIsInError").asBoolean()).isFalse();
    assertThat(post(id, "/retry", null)).as("nothing has failed").isEqualTo(409);
  }

  @Test
  void onOrderCompleted_paymentPending() {
    assertThat(statuses(place(api, "other"))).containsExactly("order-created", "on-order-completed", "payment-pending");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "other"})
  void paymentPending_waitingForOrderAuthorization_ofABuyersApprover(String seller) {
    var order = TestOrders.order(seller);
    order.put("authorizationPolicyData", List.of(Map.of("id", "policy", "status", "pending")));
    var id = place(api, order);
    assertThat(status(id)).isEqualTo("waiting-for-order-authorization");
    assertThat(post(id, "/authorization", Map.of())).isEqualTo(400);
    assertThat(post(id, "/authorization", Map.of("authorized", true, "reason", "within budget"))).isEqualTo(200);
    assertThat(status(id)).isEqualTo("payment-pending");
    order.put("value", 0L);
    var free = place(api, order);
    assertThat(post(free, "/authorization", Map.of("authorized", true))).isEqualTo(200);
    assertThat(status(free)).isEqualTo(seller.equals("1") ? "ready-for-handling" : "payment-approved");
    var refused = place(api, order);
    assertThat(post(refused, "/authorization", Map.of("authorized", false))).isEqualTo(200);
    assertThat(status(refused)).isEqualTo("canceled");
  }

  @Test
  void paymentPending_approvePayment_paymentApproved_byAntifraud() {
    var judged = Api.newAccount(port, OPERATOR, "j" + account, "PT1H", ANTIFRAUD.url());
    var id = place(judged, "1");
    await().until(() -> judged.get(orders(id, "")).json().path("status").asString(), "window-to-cancel"::equals);
    assertThat(events("j" + account, id)).extracting(e -> e.status().wire()).contains("approve-payment", "payment-approved");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/payments/P1/payment-notification", "/changestate/payment-approved"})
  void paymentPending_approvePayment_paymentApproved_byNotification(String action) {
    var id = place(api, "other");
    assertThat(post(id, action, null)).isEqualTo(200);
    assertThat(status(id)).isEqualTo("payment-approved");
  }

  @Test
  void paymentPending_cancel_canceled() {
    var id = place(api, "1");
    assertThat(post(id, "/cancel", Map.of("reason", "too late"))).isEqualTo(200);
    assertThat(post(id, "/cancel", Map.of("reason", "too late"))).as("canceling twice is harmless").isEqualTo(200);
    assertThat(statuses(id)).endsWith("payment-pending", "cancel", "canceled");
    ANTIFRAUD.says("denied");
    var judged = Api.newAccount(port, OPERATOR, "d" + account, "PT1H", ANTIFRAUD.url());
    var denied = place(judged, "1");
    await().until(() -> judged.get(orders(denied, "")).json().path("status").asString(), "canceled"::equals);
    events("d" + account, denied);
  }

  @Test
  void paymentPending_cancel_canceled_tellsTheSellerThatHasTheOrder() {
    sellerToldOf();
    var id = place(api, "other");
    awaitStatus(id, "payment-pending");
    SELLER.says("cancel", "503", "200");
    post(id, "/cancel", null);
    assertThat(status(id)).isEqualTo("cancel");
    awaitStatus(id, "canceled");
    assertThat(SELLER.calls).anyMatch(call -> call.startsWith("/api/fulfillment/pvt/orders/THEIRS-1/cancel "));
  }

  @Test
  void paymentApproved_waitingSellerHandling_whenFulfillIsSent() {
    var id = soldOn();
    assertThat(status(id)).isEqualTo("waiting-seller-handling");
    assertThat(SELLER.calls).anyMatch(call -> call.startsWith("/api/fulfillment/pvt/orders/THEIRS-1/fulfill ") && call.contains(id));
  }

  @Test
  void paymentApproved_staysWithAnErrorWhenTheSellerRefusesFulfill_untilSomebodyTriesAgain() {
    sellerToldOf();
    SELLER.says("fulfill", "409", "200");
    var id = place(api, "other");
    awaitStatus(id, "payment-pending");
    post(id, "/payments/P1/payment-notification", null);
    await().until(() -> get(id).path("workflowIsInError").asBoolean());
    assertThat(status(id)).isEqualTo("payment-approved");
    assertThat(post(id, "/retry", null)).isEqualTo(200);
    awaitStatus(id, "waiting-seller-handling");
  }

  @Test
  void paymentApproved_invoice_invoiced_whenInvoicesCoverTheValue() {
    var id = paid();
    assertThat(post(id, "/invoice", TestOrders.invoice("N1", "Output", 1160))).isEqualTo(200);
    assertThat(statuses(id)).endsWith("payment-approved", "invoice", "invoiced");
  }

  @Test
  void paymentApproved_requestCancel_waitingForSellerDecision() {
    var id = paid();
    assertThat(post(id, "/cancel", Map.of("requestedByUser", true))).isEqualTo(200);
    assertThat(statuses(id)).endsWith("payment-approved", "request-cancel", "waiting-for-seller-decision");
    assertThat(get(id).at("/cancellationRequests/0/requestedByUser").asBoolean()).isTrue();
  }

  @Test
  void waitingForSellerDecision_cancel_canceled_whenTheSellerAgrees() {
    var id = soldOn();
    post(id, "/cancel", Map.of("requestedByUser", true));
    awaitStatus(id, "canceled");
    assertThat(SELLER.calls).anyMatch(call -> call.contains("/cancel {\"cancellationRequestId\""));

    var undecided = soldOn();
    SELLER.says("cancel", StubSeller.NOTHING);
    post(undecided, "/cancel", Map.of("requestedByUser", true));
    await().until(() -> SELLER.calls.stream().filter(c -> c.contains("/cancel ")).count() >= 2);
    assertThat(status(undecided)).isEqualTo("waiting-for-seller-decision");
    assertThat(sellersKey().post(orders(undecided, "/cancel"), null).status()).isEqualTo(200);
    assertThat(status(undecided)).isEqualTo("canceled");
  }

  @Test
  void waitingForSellerDecision_cancel_canceled_insideTheGraceWindowByItself() {
    api = Api.newAccount(port, OPERATOR, "g" + account, "PT1H", null);
    account = "g" + account;
    var id = paid();
    post(id, "/cancel", Map.of("requestedByUser", true));
    assertThat(statuses(id)).endsWith("request-cancel", "waiting-for-seller-decision", "cancel", "canceled");
  }

  @Test
  void waitingForSellerDecision_paymentApproved_whenTheSellerDenies() {
    var id = paid();
    post(id, "/cancel", Map.of("requestedByUser", true));
    assertThat(deny(id, "0".repeat(32))).isEqualTo(400);
    assertThat(deny(id, request(id))).isEqualTo(200);
    assertThat(deny(id, request(id))).as("denying twice is harmless").isEqualTo(200);
    assertThat(status(id)).isEqualTo("payment-approved");
    assertThat(get(id).at("/cancellationRequests/0/deniedBySellerReason").asString()).isEqualTo("on its way");
  }

  @Test
  void waitingForSellerDecision_paymentApproved_whenTheSellerInvoices() {
    var id = paid();
    post(id, "/cancel", Map.of("requestedByUser", true));
    post(id, "/invoice", TestOrders.invoice("N1", "Output", 600));
    assertThat(statuses(id)).endsWith("waiting-for-seller-decision", "invoice-after-cancellation-deny", "payment-approved");
    var whole = paid();
    post(whole, "/cancel", Map.of("requestedByUser", true));
    post(whole, "/invoice", TestOrders.invoice("N1", "Output", 1160));
    assertThat(statuses(whole)).endsWith("invoice-after-cancellation-deny", "invoice", "invoiced");
  }

  @Test
  void anyAfterApproval_windowToChangeSeller_reassignedOrCanceled() {
    var id = soldOn();
    assertThat(sellersKey().post(orders(id, "/cancel"), Map.of("reason", "out of stock")).status()).isEqualTo(200);
    assertThat(status(id)).isEqualTo("window-to-change-seller");
    assertThat(api.put("/api/checkout/pvt/orders/" + id + "/sellers", Map.of("seller", "third")).status()).isEqualTo(200);
    assertThat(status(id)).isEqualTo("payment-approved");
    assertThat(get(id).at("/items/0/seller").asString()).isEqualTo("third");

    var given = soldOn();
    sellersKey().post(orders(given, "/cancel"), null);
    assertThat(post(given, "/cancel", null)).isEqualTo(200);
    assertThat(status(given)).isEqualTo("canceled");

    assertThat(api.post("/api/checkout/pvt/configuration/window-to-change-seller", Map.of("waitingTime", 0)).status()).isEqualTo(201);
    var noWindow = soldOn();
    sellersKey().post(orders(noWindow, "/cancel"), null);
    assertThat(statuses(noWindow)).endsWith("window-to-change-seller", "cancel", "canceled");
  }

  @Test
  void paymentPending_theSellerIsChangedBeforeItIsPaid() {
    var id = place(api, "other");
    assertThat(api.put("/api/checkout/pvt/orders/" + id + "/sellers", Map.of("sellers", List.of(Map.of("id", "third")))).status()).isEqualTo(200);
    assertThat(status(id)).isEqualTo("payment-pending");
    assertThat(get(id).at("/items/0/seller").asString()).isEqualTo("third");
    assertThat(api.put("/api/checkout/pvt/orders/" + place(api, "1") + "/sellers", Map.of("seller", "third")).status()).isEqualTo(400);
  }

  @Test
  void aSellersKey_reachesItsOwnOrdersAndItsOwnActionsOnly() {
    var id = soldOn();
    var seller = sellersKey();
    assertThat(seller.get(orders(id, "")).status()).isEqualTo(200);
    assertThat(seller.post(orders(id, "/invoice"), TestOrders.invoice("N1", "Output", 100)).status()).isEqualTo(200);
    assertThat(seller.post(orders(id, "/payments/P1/payment-notification"), null).status()).isEqualTo(403);
    assertThat(seller.put("/api/checkout/pvt/orders/" + id + "/sellers", Map.of("seller", "third")).status()).isEqualTo(403);
    assertThat(seller.post("/api/oms/pvt/orders", TestOrders.order("1")).status()).isEqualTo(403);
    assertThat(seller.get("/api/orders/feed").status()).isEqualTo(403);
    assertThat(seller.get(orders(place(api, "1"), "")).status()).isEqualTo(404);
    assertThat(seller.post(orders(ready(), "/cancel"), null).status()).isEqualTo(404);
  }

  @Test
  void invoiced_invoiced_byAnInputInvoiceOnly() {
    var id = paid();
    post(id, "/invoice", TestOrders.invoice("N1", "Output", 1160));
    assertThat(post(id, "/invoice", TestOrders.invoice("R1", "Input", 860))).isEqualTo(200);
    assertThat(status(id)).isEqualTo("invoiced");
    assertThat(post(id, "/invoice", TestOrders.invoice("N2", "Output", 100))).isEqualTo(409);
  }

  // ---- Fulfillment

  @Test
  void place_orderAccepted() {
    assertThat(statuses(fromMarketplace("1", 1160, false))).startsWith("order-accepted");
  }

  @Test
  void orderAccepted_waitingForManualAuthorization_ifThePriceDiverges() {
    var id = fromMarketplace("1", 1000, true);
    assertThat(status(id)).isEqualTo("waiting-for-manual-authorization");
    assertThat(post(id, "/authorization", Map.of("authorized", true))).isEqualTo(200);
    assertThat(status(id)).isEqualTo("waiting-ffmt-authorization");
    var refused = fromMarketplace("1", 1000, true);
    post(refused, "/authorization", Map.of("authorized", false, "reason", "too cheap"));
    assertThat(status(refused)).isEqualTo("canceled");
    assertThat(status(fromMarketplace("1", 1160, true))).as("the price is the same").isEqualTo("waiting-ffmt-authorization");
  }

  @Test
  void orderAccepted_waitingFfmtAuthorization() {
    assertThat(statuses(fromMarketplace("1", 1160, false))).containsExactly("order-accepted", "waiting-ffmt-authorization");
  }

  @Test
  void waitingFfmtAuthorization_authorizeFulfillment_byFulfill() {
    var id = fromMarketplace("1", 1160, false);
    assertThat(fulfill(id)).isEqualTo(201);
    assertThat(fulfill(id)).as("fulfilling twice is harmless").isEqualTo(201);
    assertThat(statuses(id)).endsWith("authorize-fulfillment", "window-to-cancel", "ready-for-handling");
  }

  @Test
  void waitingFfmtAuthorization_cancel_canceled_after30DaysWithoutFulfill() {
    var id = imported(Flow.SOLD_ELSEWHERE, OrderStatus.WAITING_FFMT_AUTHORIZATION, true, Instant.now().minus(Duration.ofDays(30)).toString());
    awaitStatus(id, "canceled");
    assertThat(get(id).path("cancelReason").asString()).isEqualTo("The marketplace did not ask for fulfillment in time");
    var young = imported(Flow.SOLD_ELSEWHERE, OrderStatus.WAITING_FFMT_AUTHORIZATION, true, Instant.now().minus(Duration.ofDays(29)).toString());
    assertThat(status(young)).isEqualTo("waiting-ffmt-authorization");
  }

  @Test
  void authorizeFulfillment_windowToCancel_untilTheTimerReadyForHandling() {
    account = "w" + account;
    api = Api.newAccount(port, OPERATOR, account, "PT1S", null);
    var id = fromMarketplace("1", 1160, false);
    fulfill(id);
    awaitStatus(id, "ready-for-handling");
    assertThat(statuses(id)).endsWith("authorize-fulfillment", "window-to-cancel", "ready-for-handling");
  }

  @Test
  void windowToCancel_cancel_canceled_withoutConsent() {
    account = "w" + account;
    api = Api.newAccount(port, OPERATOR, account, "PT1H", null);
    var id = fromMarketplace("1", 1160, false);
    fulfill(id);
    assertThat(status(id)).isEqualTo("window-to-cancel");
    var canceled = api.post("/api/fulfillment/pvt/orders/" + id + "/cancel", Map.of("reason", "changed mind"));
    assertThat(canceled.json().path("receipt").asString()).as("agreed at once").isNotEmpty();
    assertThat(statuses(id)).endsWith("window-to-cancel", "cancel", "canceled");
  }

  @Test
  void readyForHandling_startHandling_handling() {
    var id = ready();
    assertThat(post(id, "/start-handling", null)).isEqualTo(204);
    assertThat(statuses(id)).endsWith("ready-for-handling", "start-handling", "handling");
    assertThat(post(id, "/start-handling", null)).isEqualTo(409);
    var byHand = ready();
    assertThat(post(byHand, "/changestate/handling", null)).isEqualTo(200);
    assertThat(status(byHand)).isEqualTo("handling");
  }

  @Test
  void readyForHandlingAndHandling_cancellationRequested_andThenCanceled() {
    for (var id : List.of(ready(), handling())) {
      var answer = api.post("/api/fulfillment/pvt/orders/" + id + "/cancel", Map.of("reason", "late"));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).as("the seller has not decided").isEmpty();
      assertThat(status(id)).isEqualTo("cancellation-requested");
      assertThat(post(id, "/cancel", null)).as("the seller agrees").isEqualTo(200);
      assertThat(statuses(id)).endsWith("cancellation-requested", "cancel", "canceled");
    }
  }

  @Test
  void cancellationRequested_goesBackToWhereItWas_whenDenied() {
    var complete = place(api, "1");
    post(complete, "/payments/P1/payment-notification", null);
    for (var ready : List.of(complete, ready())) {
      post(ready, "/cancel", Map.of("requestedByUser", true));
      deny(ready, request(ready));
      assertThat(status(ready)).isEqualTo("ready-for-handling");
    }
    var handling = handling();
    post(handling, "/cancel", Map.of("requestedByUser", true));
    deny(handling, request(handling));
    assertThat(status(handling)).isEqualTo("handling");
  }

  @Test
  void handling_invoice_invoiced_andAPartialOneStays() {
    var id = handling();
    post(id, "/invoice", TestOrders.invoice("N1", "Output", 100));
    assertThat(status(id)).isEqualTo("handling");
    assertThat(post(id, "/cancel", null)).as("partially invoiced").isEqualTo(400);
    var whole = handling();
    post(whole, "/invoice", TestOrders.invoice("N1", "Output", 1160));
    assertThat(statuses(whole)).endsWith("handling", "invoice", "invoiced");
    assertThat(post(whole, "/cancel", null)).isEqualTo(400);
  }

  @Test
  void readyForHandling_invoice_invoiced() {
    var id = ready();
    post(id, "/invoice", TestOrders.invoice("N1", "Output", 1160));
    assertThat(statuses(id)).endsWith("ready-for-handling", "start-handling", "handling", "invoice", "invoiced");
  }

  // ---- complete, chained and incomplete orders

  @Test
  void completeOrder_passesBothDomainsAndStaysMarketplace() {
    var id = place(api, "1");
    post(id, "/payments/P1/payment-notification", null);
    assertThat(events(account, id)).extracting(e -> e.domain().wire()).containsSubsequence("Marketplace", "Fulfillment");
    assertThat(get(id).path("origin").asString()).isEqualTo("Marketplace");
  }

  @Test
  void chainedOrder_takesItsPaymentFromTheParent() {
    sellerToldOf();
    var id = fromMarketplace("other", 1160, false);
    awaitStatus(id, "waiting-for-mkt-authorization");
    assertThat(get(id).path("origin").asString()).isEqualTo("Chain");
    assertThat(fulfill(id)).isEqualTo(201);
    awaitStatus(id, "waiting-seller-handling");
    post(id, "/invoice", TestOrders.invoice("N1", "Output", 1160));
    assertThat(status(id)).isEqualTo("invoiced");
    assertThat(events(account, id)).extracting(e -> e.domain().wire()).containsOnly("Chain");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "other"})
  void incompleteOrder_hasNoStatusIsInNoFeedAndCanNotBeCanceled_untilItsCheckoutCompletesIt(String seller) {
    api.post("/api/orders/feed/config", Map.of("queue", Map.of()));
    var order = TestOrders.order(seller);
    order.put("isCompleted", false);
    var id = place(api, order);
    var shown = get(id);
    assertThat(shown.path("status").isNull()).isTrue();
    assertThat(shown.path("isCompleted").asBoolean()).isFalse();
    assertThat(post(id, "/cancel", null)).isEqualTo(400);
    var complete = place(api, "1");
    assertThat(heard(3)).as("feed").containsOnly(complete);
    assertThat(api.post("/api/checkout/pub/gatewayCallback/" + shown.path("orderGroup").asString(), null).status()).isEqualTo(204);
    assertThat(api.post("/api/checkout/pub/gatewayCallback/none", null).status()).isEqualTo(404);
    assertThat(status(id)).isEqualTo("payment-pending");
    assertThat(heard(3)).containsOnly(id);
  }

  // ---- every row by every trigger, on an order that another system left there

  static Stream<Object[]> rows() {
    return Stream.of(Flow.values())
        .flatMap(flow -> flow.transitions().stream().flatMap(row -> row.triggers().stream().filter(by -> canBePulled(flow, row, by)).map(by -> new Object[] {flow, row, by})));
  }

  /** The rest needs a partner's answer, or a placement, and has a test of its own above. */
  private static boolean canBePulled(Flow flow, Transition row, Trigger by) {
    return switch (by) {
      case SELLER_ANSWER, ANTIFRAUD, COMPLETION -> false;
      case AUTOMATIC -> flow.rest(row.from()).isPassing() && flow.onward(row.from()) == row.to();
      case TIME -> row.from() != OrderStatus.ORDER_CREATED; // an imported one has nobody to wait for
      case DENY_CANCELLATION -> row.to() != OrderStatus.READY_FOR_HANDLING; // what it was before, the document does not tell
      default -> true;
    };
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyRow_isPassedByWhatTriggersIt(Flow flow, Transition row, Trigger by) {
    boolean live = by == Trigger.TIME || by == Trigger.AUTOMATIC;
    var id = imported(flow, row.from(), live, LONG_AGO);
    if (!live) pull(id, row, by);
    await().untilAsserted(() ->
        assertThat(events(account, id)).anyMatch(e -> e.lastStatus() == row.from() && e.status() == row.to()));
  }

  private void pull(String id, Transition row, Trigger by) {
    var status =
        switch (by) {
          case PAYMENT_NOTIFICATION -> post(id, "/payments/P1/payment-notification", null);
          case AUTHORIZATION -> post(id, "/authorization", Map.of("authorized", row.to() != OrderStatus.CANCEL));
          case FULFILL -> fulfill(id);
          case START_HANDLING -> post(id, "/start-handling", null);
          case CANCEL -> row.to() == OrderStatus.WINDOW_TO_CHANGE_SELLER
              ? sellersKey().post(orders(id, "/cancel"), null).status()
              : post(id, "/cancel", Map.of("requestedByUser", row.to() != OrderStatus.CANCEL));
          case DENY_CANCELLATION -> deny(id, "0".repeat(32));
          case INVOICE -> post(id, "/invoice", TestOrders.invoice("N1", "Output", 1160));
          case CHANGE_SELLER -> api.put("/api/checkout/pvt/orders/" + id + "/sellers", Map.of("seller", "third")).status();
          case RETRY -> post(id, "/retry", null);
          default -> throw new IllegalArgumentException(by.name());
        };
    assertThat(status).isBetween(200, 204);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void noRow_isOneThatNobodyCouldTrigger() {
    var passed = new TreeSet<String>();
    for (var key : ORDERS) {
      var order = store.find(key).orElseThrow();
      order.events().stream().filter(e -> e.isTransition() && e.lastStatus() != null).forEach(e -> passed.add(order.flow() + ": " + e.lastStatus() + " -> " + e.status()));
    }
    var table = Stream.of(Flow.values()).flatMap(flow -> flow.transitions().stream().map(row -> flow + ": " + row.from() + " -> " + row.to())).toList();
    assertThat(table.stream().filter(row -> !passed.contains(row))).as("rows that nothing was seen to trigger").isEmpty();
    assertThat(table).containsAll(passed);
  }

  // ---- what the tests are told in

  private void sellerToldOf() {
    var seller = Map.of("id", "other", "url", SELLER.url().toString(), "appKey", "k", "appToken", "t");
    assertThat(operator().put("/operator/accounts/" + account, Map.of("gracePeriod", "PT0S", "sellers", List.of(seller))).status()).isEqualTo(200);
  }

  private Api operator() {
    return new Api(port, Map.of("X-Operator-Token", OPERATOR));
  }

  /** A key that the outside seller holds. */
  private Api sellersKey() {
    var key = "vtexappkey-" + account + "-SELLER";
    assertThat(operator().put("/operator/accounts/" + account + "/keys/" + key, Map.of("appToken", "token-of-the-seller", "seller", "other")).status()).isEqualTo(204);
    return Api.withKey(port, key, "token-of-the-seller");
  }

  private String place(Api shop, Object orderOrSeller) {
    var order = orderOrSeller instanceof String seller ? TestOrders.order(seller) : orderOrSeller;
    var placed = shop.post("/api/oms/pvt/orders", order);
    assertThat(placed.status()).as(placed.text()).isEqualTo(201);
    return placed.json().path("orderId").asString();
  }

  /** Paid, and sold by an outside seller that nobody tells. */
  private String paid() {
    var id = place(api, "other");
    assertThat(post(id, "/payments/P1/payment-notification", null)).isEqualTo(200);
    assertThat(status(id)).isEqualTo("payment-approved");
    return id;
  }

  /** Paid, and the outside seller has it. */
  private String soldOn() {
    sellerToldOf();
    var id = place(api, "other");
    awaitStatus(id, "payment-pending");
    post(id, "/payments/P1/payment-notification", null);
    awaitStatus(id, "waiting-seller-handling");
    return id;
  }

  private String ready() {
    var id = fromMarketplace("1", 1160, false);
    fulfill(id);
    assertThat(status(id)).isEqualTo("ready-for-handling");
    return id;
  }

  private String handling() {
    var id = ready();
    assertThat(post(id, "/start-handling", null)).isEqualTo(204);
    return id;
  }

  private String fromMarketplace(String seller, long value, boolean async) {
    var order = TestOrders.marketplaceOrder(UUID.randomUUID().toString(), seller, value);
    order.put("isCreatedAsync", async);
    var placed = api.post("/api/fulfillment/pvt/orders?sc=1&affiliateId=MKP", order);
    assertThat(placed.status()).as(placed.text()).isEqualTo(200);
    return placed.json().path("orderId").asString();
  }

  private String imported(Flow flow, OrderStatus status, boolean live, String since) {
    var id = flow.name().toLowerCase() + "-" + status + "-" + UUID.randomUUID().toString().substring(0, 4);
    var seller = flow == Flow.SOLD_BY_OTHERS || flow == Flow.CHAIN ? "other" : "1";
    var taken = api.post("/api/oms/pvt/orders/import?live=" + live, TestOrders.elsewhere(id, status.shown(), flow.origin(), seller, since));
    assertThat(taken.json().path("imported").asInt()).as(taken.text()).isEqualTo(1);
    events(account, id);
    assertThat(store.find(new OrderKey(account, id)).orElseThrow().flow()).isEqualTo(flow);
    return id;
  }

  private int fulfill(String id) {
    return api.post("/api/fulfillment/pvt/orders/" + id + "/fulfill?sc=1&affiliateId=MKP", null).status();
  }

  private int deny(String id, String request) {
    return api.post("/api/orders/pvt/document/" + id + "/deny-cancellation-request", Map.of("cancellationRequestId", request, "denyReason", "on its way")).status();
  }

  private String request(String id) {
    return get(id).at("/cancellationRequests/0/id").asString();
  }

  /** Orders that the feed tells of, {@code items} of them committed. */
  private List<String> heard(int items) {
    var heard = new ArrayList<String>();
    await().until(() -> {
      var read = api.get("/api/orders/feed?maxlot=10").json();
      read.forEach(item -> heard.add(item.path("orderId").asString()));
      if (!read.isEmpty()) api.post("/api/orders/feed", read);
      return heard.size() >= items;
    });
    return heard;
  }

  private int post(String id, String action, Object body) {
    return api.post(orders(id, action), body).status();
  }

  private JsonNode get(String id) {
    return api.get(orders(id, "")).json();
  }

  private String status(String id) {
    var entered = statuses(id);
    return entered.get(entered.size() - 1);
  }

  private void awaitStatus(String id, String status) {
    await().until(() -> status(id), status::equals);
  }

  /** Every status it entered, in order. */
  private List<String> statuses(String id) {
    return events(account, id).stream().filter(OrderEvent::isTransition).map(e -> e.status().wire()).toList();
  }

  private List<OrderEvent> events(String ofAccount, String id) {
    var key = new OrderKey(ofAccount, id);
    ORDERS.add(key);
    return store.find(key).orElseThrow().events();
  }

  private static String orders(String id, String action) {
    return "/api/oms/pvt/orders/" + id + action;
  }
}
