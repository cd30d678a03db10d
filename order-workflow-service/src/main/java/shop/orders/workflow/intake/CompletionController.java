package shop.orders.workflow.intake;

import java.util.stream.IntStream;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Order;
import shop.orders.store.OrderStore;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;

/** The payment of a group that was placed incomplete is under way: its orders become orders. */
@RestController
class CompletionController {
  private final Intake intake;
  private final OrderStore store;

  CompletionController(Intake intake, OrderStore store) {
    this.intake = intake;
    this.store = store;
  }

  @PostMapping({"/api/checkout/pub/gatewayCallback/{orderGroup}", "/api/checkout/pvt/gatewayCallback/{orderGroup}"})
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void complete(Caller caller, @PathVariable String orderGroup) {
    var orders =
        IntStream.iterate(1, i -> i + 1)
            .mapToObj(i -> store.find(caller.order("%s-%02d".formatted(orderGroup, i))))
            .takeWhile(found -> found.isPresent())
            .map(found -> found.orElseThrow())
            .toList();
    if (orders.isEmpty()) throw ApiError.orderNotFound();
    for (Order order : orders) intake.complete(order, caller.by());
  }
}
