package shop.orders.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Outside sellers that are replaced, late, silent, or answer something else than they were asked. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class SellersIT {
  private static final Map<String, Object> BY_SHOPPER = Map.of("reason", "wrong size", "requestedByUser", true);

  @Value("${local.server.port}")
  int port;

  private final StubSeller seller = new StubSeller();
  private Shop shop;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    Shop.properties(registry);
  }

  @BeforeEach
  void shop() {
    shop = new Shop(port);
    shop.tells(seller.url(), "other-seller");
  }

  @AfterEach
  void close() {
    seller.close();
  }

  @Test
  void replacedSeller_isToldThatAnotherOneShips() {
    seller.says("cancel", "503", "200");
    var id = waitingForPayment();
    assertThat(shop.changeSeller(id, "third")).isEqualTo(200);
    shop.pay(id);
    await().until(() -> seller.count("/pvt/orders/THEIRS-1/cancel") == 2);
    await().until(() -> history(id).contains("seller-left"));
    assertThat(shop.status(id)).isEqualTo("payment-approved");
    assertThat(shop.order(id, "").path("workflowIsInError").asBoolean()).isFalse();
  }

  @Test
  void replacedSeller_isToldAlsoOfAnOrderThatEnded() {
    seller.says("cancel", "503", "404");
    var id = waitingForPayment();
    shop.changeSeller(id, "third");
    shop.cancel(id, null);
    assertThat(shop.status(id)).as("the third one does not have it").isEqualTo("canceled");
    await().until(() -> history(id).contains("seller-left"));
    assertThat(seller.count("/cancel")).as("refused is told, too").isEqualTo(2);
  }

  @Test
  void seller_thatIsReplacedAndFoundAgain_isGivenTheOrderAgain() {
    seller.says("cancel", "503");
    var id = waitingForPayment();
    shop.changeSeller(id, "third");
    shop.changeSeller(id, "other-seller");
    shop.pay(id);
    shop.awaitStatus(id, "waiting-seller-handling");
    assertThat(seller.count("/pvt/orders")).isEqualTo(2);
    assertThat(history(id)).doesNotContain("seller-left");
  }

  @Test
  void cancellation_sentAgainIsNoConsent() {
    seller.says("cancel", StubSeller.NOTHING);
    var id = soldOn();
    for (int i = 0; i < 3; i++) assertThat(shop.api.post(Shop.orders(id) + "/cancel", Map.of("reason", "wrong size")).status()).isEqualTo(200);
    await().until(() -> history(id).contains("seller-answered"));
    assertThat(shop.api.post(Shop.orders(id) + "/cancel", null).status()).isEqualTo(200);
    assertThat(shop.status(id)).as("only the seller may agree").isEqualTo("waiting-for-seller-decision");
  }

  @Test
  void consent_hidesNeitherTheReasonNorWhoAsked() {
    seller.says("cancel", StubSeller.NOTHING);
    var id = soldOn();
    shop.api.post(Shop.orders(id) + "/cancel", BY_SHOPPER);
    assertThat(shop.keyOf("other-seller").post(Shop.orders(id) + "/cancel", null).status()).isEqualTo(200);
    shop.awaitStatus(id, "canceled");
    var canceled = shop.order(id, "");
    assertThat(canceled.at("/cancellationData/Reason").asString()).isEqualTo("wrong size");
    assertThat(canceled.path("cancelReason").asString()).isEqualTo("wrong size");
    assertThat(canceled.at("/cancellationData/RequestedByUser").asBoolean()).isTrue();
    assertThat(canceled.at("/cancellationData/RequestedBySellerNotification").asBoolean()).isFalse();
    assertThat(canceled.path("cancellationRequests")).hasSize(1);
  }

  @Test
  void answer_thatComesAfterTheSellerGaveTheOrderBack_meansNothing() {
    seller.says("fulfill", StubSeller.HELD);
    var id = waitingForPayment();
    shop.pay(id);
    await().until(() -> seller.count("/fulfill") == 1);
    assertThat(shop.keyOf("other-seller").post(Shop.orders(id) + "/cancel", Map.of("reason", "out of stock")).status()).isEqualTo(200);
    seller.release();
    shop.api.post(Shop.orders(id) + "/interactions", Map.of("source", "test", "message", "the answer is out"));
    assertThat(shop.changeSeller(id, "other-seller")).isEqualTo(200);
    shop.awaitStatus(id, "waiting-seller-handling");
    assertThat(seller.count("/pvt/orders")).as("placed with it once more before it is told to ship").isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"302", StubSeller.NOTHING})
  void placement_isNotTakenByAnAnswerThatDoesNotSaySo(String said) {
    seller.says("orders", said, "200");
    var id = shop.placeForOthers();
    shop.awaitStatus(id, "payment-pending");
    assertThat(seller.count("/pvt/orders")).isEqualTo(2);
    assertThat(history(id)).startsWith("placed", "failed");
  }

  @Test
  void seller_thatIsDown_isNotCalledMoreOftenBecauseTheOrderChanges() {
    seller.says("fulfill", "503");
    var id = waitingForPayment();
    shop.pay(id);
    await().until(() -> seller.count("/fulfill") >= 1);
    for (int i = 0; i < 30; i++) shop.api.post(Shop.orders(id) + "/interactions", Map.of("source", "test", "message", "still waiting " + i));
    await().until(() -> seller.count("/fulfill") >= 3);
    assertThat(seller.count("/fulfill")).isEqualTo(3);
  }

  @Test
  void sellersKey_asksForTheReceiptsOfItsOwnOrdersOnly() {
    var id = soldOn();
    var key = shop.keyOf("other-seller");
    var own = key.post(Shop.orders(id) + "/cancel", null).json().path("receipt").asString();
    assertThat(key.get("/api/oms/pvt/receipts/" + own).json().path("action").asString()).isEqualTo("cancel");
    var foreign = shop.cancel(shop.place(), false).json().path("receipt").asString();
    assertThat(shop.api.get("/api/oms/pvt/receipts/" + foreign).status()).isEqualTo(200);
    assertThat(key.get("/api/oms/pvt/receipts/" + foreign).status()).isEqualTo(404);
  }

  /** The seller has it. */
  private String waitingForPayment() {
    var id = shop.placeForOthers();
    shop.awaitStatus(id, "payment-pending");
    return id;
  }

  private String soldOn() {
    var id = shop.pay(waitingForPayment());
    shop.awaitStatus(id, "waiting-seller-handling");
    return id;
  }

  /** Kinds of its events, oldest first. */
  private List<String> history(String id) {
    var events = shop.api.get(Shop.orders(id) + "/history").json();
    return events.valueStream().map(e -> e.path("type").asString()).toList();
  }
}
