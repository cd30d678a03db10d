package shop.orders.workflow.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderView;
import shop.orders.store.OrderStore;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;

/** Orders by id, from the store: right at once after every change, search or no search. */
@RestController
class OrderController {
  static final String VERSION = "X-Order-Version";

  private final OrderStore store;
  private final OrderReads orders;

  OrderController(OrderStore store, OrderReads orders) {
    this.store = store;
    this.orders = orders;
  }

  /** With {@code version} or {@code at}: what this call answered, to the letter, when the order had that version, or at that moment. */
  @GetMapping("/api/oms/pvt/orders/{orderId}")
  ResponseEntity<Map<String, @Nullable Object>> order(
      Caller caller,
      @PathVariable String orderId,
      @RequestParam(required = false) @Nullable String version,
      @RequestParam(required = false) @Nullable String at) {
    var asOf = AsOf.of(version, at);
    var order = asOf.of(orders.require(caller, orderId)).orElseThrow(ApiError::orderNotFound);
    return ResponseEntity.ok().header(VERSION, String.valueOf(order.version())).body(OrderView.document(order, store.documents(order.key())));
  }

  /** A group's orders are numbered from 01 without gap. */
  @GetMapping("/api/oms/pvt/orders/order-group/{orderGroup}")
  List<Map<String, @Nullable Object>> group(Caller caller, @PathVariable String orderGroup) {
    var orders = new ArrayList<Map<String, @Nullable Object>>();
    for (int i = 1; ; i++) {
      var document = document(caller.order("%s-%02d".formatted(orderGroup, i)));
      if (document == null) break;
      orders.add(document);
    }
    if (orders.isEmpty()) throw ApiError.orderNotFound();
    return orders;
  }

  private @Nullable Map<String, @Nullable Object> document(OrderKey key) {
    return store.find(key).map(order -> OrderView.document(order, store.documents(key))).orElse(null);
  }
}
