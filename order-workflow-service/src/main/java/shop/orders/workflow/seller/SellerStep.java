package shop.orders.workflow.seller;

import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import shop.orders.model.Change;
import shop.orders.model.Change.SellerAnswered;
import shop.orders.model.Change.SellerCall;
import shop.orders.model.Decision;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.store.OrderStore;
import shop.orders.workflow.account.Account.OutsideSeller;
import shop.orders.workflow.account.Accounts;
import shop.orders.workflow.command.Agenda;
import shop.orders.workflow.command.Moves;
import shop.orders.workflow.command.OrderCommands;
import shop.orders.workflow.partner.PartnerBusy;
import shop.orders.workflow.partner.PartnerUnavailable;
import shop.orders.workflow.seller.OutsideSellers.Answer;
import shop.orders.workflow.step.Retries;
import shop.orders.workflow.step.Step;

/** Tells an outside seller what it has to know of its order, and goes by its answer. What fails for now is tried again, what is refused waits for people. */
@Component
class SellerStep implements Step {
  private final OutsideSellers sellers;
  private final Accounts accounts;
  private final OrderStore store;
  private final OrderCommands commands;
  private final Agenda agenda;
  private final Retries retries;

  SellerStep(OutsideSellers sellers, Accounts accounts, OrderStore store, OrderCommands commands, Agenda agenda, Clock clock) {
    this.sellers = sellers;
    this.accounts = accounts;
    this.store = store;
    this.commands = commands;
    this.agenda = agenda;
    this.retries = new Retries(clock);
  }

  @Override
  public Set<OrderStatus> statuses() {
    return EnumSet.of(
        OrderStatus.ORDER_CREATED, OrderStatus.ORDER_CREATE_ERROR, OrderStatus.PAYMENT_APPROVED, OrderStatus.WAITING_FOR_SELLER_DECISION, OrderStatus.CANCEL);
  }

  @Override
  public Verdict run(Order order) {
    var call = agenda.dueCall(order);
    if (call.isEmpty() || order.error().isPresent()) return new Verdict.Done(); // the wakeup at the end of the owner's time stands
    var id = order.toldSeller().orElseThrow();
    var seller = accounts.find(order.key().account()).seller(id);
    if (seller.isEmpty()) return failed(order, "The account has no seller " + id, true);
    return tell(order, seller.get(), call.get());
  }

  private Verdict tell(Order order, OutsideSeller seller, SellerCall call) {
    var tooEarly = retries.tooEarly(order, seller.id());
    if (tooEarly.isPresent()) return tooEarly.get();
    try {
      var answer = sellers.call(seller, order, call);
      retries.over(order, seller.id());
      return answered(order, new SellerAnswered(seller.id(), call, answer.orderId()), answer);
    } catch (HttpClientErrorException e) {
      return failed(order, "The seller " + seller.id() + " refuses: " + e.getStatusCode(), true);
    } catch (PartnerBusy e) {
      return retries.busy(order, seller.id(), String.valueOf(e.getMessage()));
    } catch (PartnerUnavailable e) {
      if (order.status() == OrderStatus.ORDER_CREATED) return failed(order, String.valueOf(e.getMessage()), false); // seen in the status, once
      return retries.again(order, seller.id(), String.valueOf(e.getMessage()));
    }
  }

  private Verdict answered(Order order, SellerAnswered said, Answer answer) {
    return change(
        order,
        (current, decision) -> {
          switch (said.call()) {
            case PLACE -> placed(current, decision, said);
            case FULFILL -> decision.move(OrderStatus.WAITING_SELLER_HANDLING, said);
            case CANCEL -> canceled(current, decision, said, answer.receipt() != null);
          }
        });
  }

  private void placed(Order order, Decision decision, SellerAnswered said) {
    if (order.status() == OrderStatus.PAYMENT_APPROVED) decision.record(said); // a seller found later
    else Moves.complete(decision, said, order.flow(), store.placedDocument(order), accounts.find(order.key().account()));
  }

  private static void canceled(Order order, Decision decision, SellerAnswered said, boolean agreed) {
    if (order.status() == OrderStatus.CANCEL) decision.move(OrderStatus.CANCELED, said); // it was told, not asked
    else if (agreed) decision.move(OrderStatus.CANCEL, said).move(OrderStatus.CANCELED);
    else decision.record(said);
  }

  private Verdict failed(Order order, String message, boolean permanent) {
    var failure = new Change.Failed(message.length() > 500 ? message.substring(0, 500) : message, permanent);
    return change(
        order,
        (current, decision) -> {
          if (isCreation(current)) decision.move(permanent ? OrderStatus.ORDER_CREATION_ERROR : OrderStatus.ORDER_CREATE_ERROR, failure);
          else if (current.status() == OrderStatus.CANCEL) decision.move(OrderStatus.CANCELED, failure); // the order ends here all the same
          else decision.record(failure);
        });
  }

  private static boolean isCreation(Order order) {
    return order.status() == OrderStatus.ORDER_CREATED || order.status() == OrderStatus.ORDER_CREATE_ERROR;
  }

  private Verdict change(Order order, Decide decide) {
    commands.change(
        order.key(),
        "seller:" + order.toldSeller().orElseThrow(),
        (current, decision) -> {
          boolean isSameRound = current.status() == order.status() && current.statusSince().equals(order.statusSince()) && current.toldSeller().equals(order.toldSeller());
          if (isSameRound) decide.on(current, decision); // else the answer comes too late to mean anything
          return Map.of();
        });
    return new Verdict.Done();
  }

  @FunctionalInterface
  private interface Decide {
    void on(Order order, Decision decision);
  }
}
