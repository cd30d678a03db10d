package shop.orders.workflow.seller;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import shop.orders.model.Change;
import shop.orders.model.Change.SellerCall;
import shop.orders.model.Order;
import shop.orders.model.VtexDates;
import shop.orders.store.OrderStore;
import shop.orders.web.trace.OrderTraces;
import shop.orders.workflow.account.Account.OutsideSeller;
import shop.orders.workflow.command.WorkflowProperties;
import shop.orders.workflow.partner.PartnerCalls;
import shop.orders.workflow.partner.PartnerUnavailable;
import tools.jackson.databind.JsonNode;

/** The fulfillment protocol over HTTP, as the marketplace. Each call may be repeated: the seller knows the order by its id. */
@Component
class OutsideSellers {
  private final OrderStore store;
  private final WorkflowProperties workflow;
  private final PartnerCalls calls;

  OutsideSellers(OrderStore store, WorkflowProperties workflow, SellerProperties properties, MeterRegistry meters, OrderTraces traces) {
    this.store = store;
    this.workflow = workflow;
    this.calls = new PartnerCalls("seller", properties.connectTimeout(), properties.answerTimeout(), meters, traces);
  }

  /**
   * What a seller said.
   *
   * @param orderId what it calls the order; null if it did not say
   * @param receipt null if it takes note and has not decided
   */
  record Answer(@Nullable String orderId, @Nullable String receipt) {}

  /**
   * @throws HttpClientErrorException if the seller refuses: asking again would not help
   * @throws shop.orders.workflow.partner.PartnerUnavailable if there is no usable answer
   */
  Answer call(OutsideSeller seller, Order order, SellerCall call) {
    var theirs = order.answered(SellerCall.PLACE).flatMap(a -> Optional.ofNullable(a.sellerOrderId())).orElse(order.key().orderId());
    return switch (call) {
      case PLACE -> taken(post(seller, order, "/pvt/orders", theirs, List.of(SellerOrder.of(order, store.placedDocument(order), workflow.publicUrl() + "/api/oms"))));
      case FULFILL -> post(seller, order, "/pvt/orders/{theirs}/fulfill", theirs, Map.of("marketplaceOrderId", order.key().orderId()));
      case CANCEL -> post(seller, order, "/pvt/orders/{theirs}/cancel", theirs, cancellation(order));
    };
  }

  /** Tells a seller that another one ships the order. Throws as {@link #call}. */
  void release(OutsideSeller seller, Order order) {
    var theirs =
        order.changes(Change.SellerAnswered.class).stream()
            .filter(a -> a.seller().equals(seller.id()) && a.call() == SellerCall.PLACE && a.sellerOrderId() != null)
            .reduce((earlier, later) -> later)
            .map(Change.SellerAnswered::sellerOrderId)
            .orElse(order.key().orderId());
    post(seller, order, "/pvt/orders/{theirs}/cancel", theirs, Map.of("reason", "Another seller ships the order", "requestedByUser", false));
  }

  /** An answer that does not name the order, a login page's for one, is none. */
  private static Answer taken(Answer answer) {
    if (answer.orderId() == null || answer.orderId().length() > 200) throw new PartnerUnavailable("the seller does not say how it calls the order", null);
    return answer;
  }

  /** @param path with {@code {theirs}} where the seller's own id of the order belongs */
  private Answer post(OutsideSeller seller, Order order, String path, String theirs, Object body) {
    var said =
        calls.call(
            seller.url(),
            http ->
                http.post()
                    .uri(SellerAddress.of(seller.url(), path, theirs, affiliate(order)))
                    .headers(h -> headers(seller, order, h))
                    .contentType(MediaType.APPLICATION_JSON)
                    .accept(MediaType.APPLICATION_JSON)
                    .body(body)
                    .retrieve()
                    .toEntity(JsonNode.class));
    if (said == null || !said.getStatusCode().is2xxSuccessful()) throw new PartnerUnavailable("the seller does not answer, but sends us elsewhere", null);
    var answer = said.getBody();
    var one = answer == null ? null : answer.isArray() ? answer.path(0) : answer;
    return one == null ? new Answer(null, null) : new Answer(one.path("orderId").asString(null), one.path("receipt").asString(null));
  }

  private static Map<String, @Nullable Object> cancellation(Order order) {
    var body = new LinkedHashMap<String, @Nullable Object>();
    order.cancellation().ifPresent(event -> {
      var asked = (Change.CancelAsked) event.change();
      body.put("cancellationRequestId", event.receipt());
      body.put("cancellationRequestDate", VtexDates.feed(event.at()));
      body.put("reason", asked.reason());
      body.put("requestedByUser", asked.byUser());
    });
    return body;
  }

  /** By which the seller tells one marketplace's orders from another's. */
  private static String affiliate(Order order) {
    var letters = order.key().account().replaceAll("[^A-Za-z0-9]", "");
    return letters.isEmpty() ? "MKP" : letters.substring(0, Math.min(20, letters.length())).toUpperCase();
  }

  private static void headers(OutsideSeller seller, Order order, HttpHeaders headers) {
    headers.set("x-vtex-operation-id", order.key().orderId() + "/" + order.version());
    if (seller.appKey() == null || seller.appToken() == null) return;
    headers.set(HttpHeaders.AUTHORIZATION, "VTEX key=\"%s\" token=\"%s\"".formatted(seller.appKey(), seller.appToken()));
    headers.set("X-VTEX-API-AppKey", seller.appKey());
    headers.set("X-VTEX-API-AppToken", seller.appToken());
  }
}
