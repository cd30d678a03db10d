package shop.orders.workflow.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderView;
import shop.orders.store.OrderStore;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;

/** Orders by id, from the store: right at once after every change, search or no search. */
@RestController
class OrderController {
  private final OrderStore store;

  OrderController(OrderStore store) {
    this.store = store;
  }

  @GetMapping("/api/oms/pvt/orders/{orderId}")
  Map<String, @Nullable Object> order(Caller caller, @PathVariable String orderId) {
    var document = document(caller.order(orderId));
    if (document == null) throw ApiError.orderNotFound();
    return document;
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
