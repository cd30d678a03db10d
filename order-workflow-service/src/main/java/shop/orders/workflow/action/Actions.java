package shop.orders.workflow.action;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shop.orders.model.Decision;
import shop.orders.model.Order;
import shop.orders.model.OrderKey;
import shop.orders.store.Receipts;
import shop.orders.web.Caller;
import shop.orders.workflow.command.OrderCommands;

/** Changes an order for somebody who is answered with a receipt, and keeps the receipt, so that it can be asked later what became of it. */
@Component
public class Actions {
  private final OrderCommands commands;
  private final Receipts receipts;
  private final Clock clock;

  Actions(OrderCommands commands, Receipts receipts, Clock clock) {
    this.commands = commands;
    this.receipts = receipts;
    this.clock = clock;
  }

  /**
   * @param action as its callers know it: {@code cancel}
   * @throws shop.orders.web.ApiError as {@link OrderCommands#change}, and what {@code change} throws; then no receipt is given
   */
  Receipt takeWithDocuments(Caller caller, String orderId, String action, OrderCommands.Change change) {
    return takeAndTell(caller, orderId, action, change).receipt();
  }

  /** As {@link #takeWithDocuments}, for what writes none. */
  Receipt take(Caller caller, String orderId, String action, Decide decide) {
    return takeAndTell(caller, orderId, action, decide).receipt();
  }

  Taken takeAndTell(Caller caller, String orderId, String action, Decide decide) {
    return takeAndTell(
        caller,
        orderId,
        action,
        (OrderCommands.Change) (order, decision) -> {
          decide.on(order, decision);
          return Map.of();
        });
  }

  private Taken takeAndTell(Caller caller, String orderId, String action, OrderCommands.Change change) {
    var command = UUID.randomUUID();
    var order = change(caller, orderId, action, command, change);
    if (!isLeftBy(command, order)) receipts.save(new Receipts.Entry(command, order.key(), action, clock.instant(), order.version()));
    return new Taken(Receipt.of(order, command), order);
  }

  /** @param order as the action left it, or found it */
  record Taken(Receipt receipt, Order order) {}

  /** Fills a decision, or leaves it empty. May be called several times for one command. */
  @FunctionalInterface
  interface Decide {
    void on(Order order, Decision decision);
  }

  /** For an action whose answer, when it is asked for again, has the receipt of the time it was done. @return the order as it left or found it */
  public Order change(Caller caller, String orderId, String action, OrderCommands.Change change) {
    return change(caller, orderId, action, UUID.randomUUID(), change);
  }

  private Order change(Caller caller, String orderId, String action, UUID command, OrderCommands.Change change) {
    var key = caller.order(orderId);
    return commands.change(key, caller.by(), command, new WithReceipt(new Receipts.Entry(command, key, action, clock.instant(), null), change));
  }

  private static boolean isLeftBy(UUID command, Order order) {
    return order.events().stream().anyMatch(e -> e.commandId().equals(command));
  }

  /**
   * Saves the receipt before what it is for: one without a command is told from one whose command was lost, the other way round the
   * receipt would be. Deciding again after a lost race needs no second one.
   */
  private final class WithReceipt implements OrderCommands.Change {
    private final Receipts.Entry receipt;
    private final OrderCommands.Change change;
    private boolean saved;

    WithReceipt(Receipts.Entry receipt, OrderCommands.Change change) {
      this.receipt = receipt;
      this.change = change;
    }

    @Override
    public Map<String, Map<String, @Nullable Object>> decide(Order order, Decision decision) {
      var documents = change.decide(order, decision);
      if (!saved && !decision.events().isEmpty()) {
        receipts.save(receipt);
        saved = true;
      }
      return documents;
    }
  }
}
