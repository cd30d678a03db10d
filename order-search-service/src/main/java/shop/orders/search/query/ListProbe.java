package shop.orders.search.query;

import org.springframework.stereotype.Component;
import shop.orders.search.index.OrderSearch;
import shop.orders.web.status.Probe;

/** Whether lists are answered. */
@Component
class ListProbe implements Probe {
  private final OrderSearch search;

  ListProbe(OrderSearch search) {
    this.search = search;
  }

  @Override
  public String measure() {
    return "query";
  }

  @Override
  public void check() {
    search.probe();
  }
}
