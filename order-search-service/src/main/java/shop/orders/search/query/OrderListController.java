package shop.orders.search.query;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.search.index.IndexUnavailable;
import shop.orders.search.index.OrderSearch;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;

/** The order list. */
@RestController
class OrderListController {
  private final OrderSearch search;
  private final Clock clock;

  OrderListController(OrderSearch search, Clock clock) {
    this.search = search;
    this.clock = clock;
  }

  @GetMapping("/api/oms/pvt/orders")
  ListAnswer list(Caller caller, HttpServletRequest request) {
    var query = ListParameters.read(request.getParameterMap(), clock);
    try {
      return ListAnswer.of(search.find(caller.account(), query), query);
    } catch (IndexUnavailable e) {
      throw ApiError.unavailable("The order list is not available now; orders by id and the feed are not affected. Try again shortly.", e);
    }
  }
}
