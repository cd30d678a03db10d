package shop.orders.search.query;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.search.index.Coverage;
import shop.orders.search.index.IndexUnavailable;
import shop.orders.search.index.OrderSearch;
import shop.orders.search.progress.Freshness;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;

/** The order list. */
@RestController
class OrderListController {
  private final OrderSearch search;
  private final Freshness freshness;
  private final Coverage coverage;
  private final Clock clock;

  OrderListController(OrderSearch search, Freshness freshness, Coverage coverage, Clock clock) {
    this.search = search;
    this.freshness = freshness;
    this.coverage = coverage;
    this.clock = clock;
  }

  @GetMapping("/api/oms/pvt/orders")
  ResponseEntity<ListAnswer> list(Caller caller, HttpServletRequest request) {
    var query = ListParameters.read(request.getParameterMap(), clock);
    // What is promised must hold for the moment of the search. Freshness only gets better; coverage shrinks when a rebuild's indices are read.
    var freshAsOf = freshness.asOf(caller.account());
    var completeBefore = coverage.completeSince();
    try {
      var found = search.find(caller.account(), query);
      var knowledge = Knowledge.of(freshAsOf, completeBefore, coverage.completeSince());
      return ResponseEntity.ok().headers(knowledge::addTo).body(ListAnswer.of(found, query, knowledge));
    } catch (IndexUnavailable e) {
      throw ApiError.unavailable("The order list is not available now; orders by id and the feed are not affected. Try again shortly.", e);
    }
  }
}
