package shop.orders.workflow.action;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.PiiView;
import shop.orders.store.OrderStore;
import shop.orders.web.Caller;

/** Orders by id, in the shape of the {@code /api/orders} family. */
@RestController
class PiiController {
  private final OrderReads orders;
  private final OrderStore store;

  PiiController(OrderReads orders, OrderStore store) {
    this.orders = orders;
    this.store = store;
  }

  @GetMapping("/api/orders/pvt/document/{orderId}")
  ResponseEntity<Map<String, @Nullable Object>> document(Caller caller, @PathVariable String orderId) {
    var order = orders.require(caller, orderId);
    var document = PiiView.document(order, store.documents(order.key()));
    return ResponseEntity.ok().header(OrderController.VERSION, String.valueOf(order.version())).body(document);
  }
}
