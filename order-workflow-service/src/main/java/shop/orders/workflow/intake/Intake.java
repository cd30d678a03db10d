package shop.orders.workflow.intake;

import static shop.orders.model.OrderStatus.ON_ORDER_COMPLETED;
import static shop.orders.model.OrderStatus.PAYMENT_PENDING;
import static shop.orders.model.OrderStatus.WAITING_FFMT_AUTHORIZATION;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.Flow;
import shop.orders.model.Order;
import shop.orders.model.OrderDocument;
import shop.orders.model.OrderKey;
import shop.orders.store.CommitOutcome;
import shop.orders.store.OrderStore;
import shop.orders.web.ApiError;
import shop.orders.workflow.account.Accounts;
import shop.orders.workflow.command.Moves;
import shop.orders.workflow.command.OrderCommands;

/** Places orders. Placing one whose id is taken answers with the order that has it. */
@Component
class Intake {
  private final OrderStore store;
  private final OrderCommands commands;
  private final Accounts accounts;
  private final Clock clock;

  Intake(OrderStore store, OrderCommands commands, Accounts accounts, Clock clock) {
    this.store = store;
    this.commands = commands;
    this.accounts = accounts;
    this.clock = clock;
  }

  /** An order of the account's own checkout. */
  Order fromCheckout(OrderKey key, String sequence, String orderGroup, OrderDocument document, String by) {
    var placed = new Change.Placed(flow(key.account(), document), newRevision(), document.value(), sequence, orderGroup);
    var decision = Decision.place(key, placed, UUID.randomUUID(), clock.instant(), by).move(ON_ORDER_COMPLETED).move(PAYMENT_PENDING);
    if (document.value() == 0) { // nobody has to pay
      Moves.approvePayment(decision, placed, new Change.Moved("nothing to pay"), accounts.find(key.account()));
    }
    return write(decision, placed, document);
  }

  /** An order that an outside marketplace placed with this seller. */
  Order fromMarketplace(OrderKey key, String sequence, OrderDocument document, String by) {
    var placed = new Change.Placed(Flow.SOLD_ELSEWHERE, newRevision(), document.value(), sequence, null);
    var decision = Decision.place(key, placed, UUID.randomUUID(), clock.instant(), by).move(WAITING_FFMT_AUTHORIZATION);
    return write(decision, placed, document);
  }

  private Order write(Decision decision, Change.Placed placed, OrderDocument document) {
    if (commands.commit(decision, Map.of(placed.documentRev(), document.fields())) instanceof CommitOutcome.Applied applied) return applied.order();
    return store
        .find(decision.key())
        .orElseThrow(() -> new ApiError(HttpStatus.SERVICE_UNAVAILABLE, "OMS503", "The order could not be placed now, nothing was done; send it again."));
  }

  /** Sold from own stock, unless every line is another seller's. */
  private static Flow flow(String account, OrderDocument document) {
    return document.isSoldByOthers(account) ? Flow.SOLD_BY_OTHERS : Flow.COMPLETE;
  }

  private static String newRevision() {
    return UUID.randomUUID().toString();
  }
}
