package shop.orders.workflow.command;

import org.springframework.stereotype.Component;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.Order;
import shop.orders.store.OrderStore;
import shop.orders.workflow.account.Accounts;

/** Has an order go on that waits for nobody: another system left it in a status orders only pass, or where we would tell a seller and there is none to tell. */
@Component
public class Onward {
  private final OrderStore store;
  private final Accounts accounts;

  Onward(OrderStore store, Accounts accounts) {
    this.store = store;
    this.accounts = accounts;
  }

  /** To the next status where somebody has to act. @param decision may have moved the order already */
  public void go(Order order, Decision decision) {
    var flow = order.flow();
    var status = decision.status();
    var account = accounts.find(order.key().account());
    switch (status) {
      case ORDER_CREATED -> Moves.complete(decision, new Change.Moved(null), flow, store.placedDocument(order), account);
      case ON_ORDER_COMPLETED -> Moves.askForPayment(decision, flow, store.placedDocument(order), account);
      default -> {
        while (flow.rest(status).isPassing()) {
          status = flow.onward(status);
          decision.move(status);
        }
      }
    }
  }
}
