package shop.orders.workflow.intake;

import static shop.orders.model.OrderStatus.WAITING_FFMT_AUTHORIZATION;
import static shop.orders.model.OrderStatus.WAITING_FOR_MANUAL_AUTHORIZATION;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.Flow;
import shop.orders.model.Order;
import shop.orders.model.OrderDocument;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderStatus;
import shop.orders.store.CommitOutcome;
import shop.orders.store.OrderStore;
import shop.orders.web.ApiError;
import shop.orders.web.trace.OrderTraces;
import shop.orders.web.trace.Stage;
import shop.orders.workflow.account.Account;
import shop.orders.workflow.account.Accounts;
import shop.orders.workflow.command.Moves;
import shop.orders.workflow.command.OrderCommands;
import shop.orders.workflow.intake.IntakeMeter.From;
import shop.orders.workflow.intake.IntakeMeter.Outcome;

/** Places orders. One whose id is taken is not placed: it may be a repeated request, or another order. */
@Component
class Intake {
  private final OrderStore store;
  private final OrderCommands commands;
  private final Accounts accounts;
  private final Clock clock;
  private final IntakeMeter meter;
  private final OrderTraces traces;

  Intake(OrderStore store, OrderCommands commands, Accounts accounts, Clock clock, IntakeMeter meter, OrderTraces traces) {
    this.store = store;
    this.commands = commands;
    this.accounts = accounts;
    this.clock = clock;
    this.meter = meter;
    this.traces = traces;
  }

  /** An order of the account's own checkout. @param complete false while its payment is not even begun @return empty if its id is taken */
  Optional<Order> fromCheckout(OrderKey key, String sequence, String orderGroup, OrderDocument document, boolean complete, String by) {
    var account = accounts.find(key.account());
    var flow = document.isSoldByOthers(account.name()) ? Flow.SOLD_BY_OTHERS : Flow.COMPLETE; // from own stock, unless every line is another's
    var placed = new Change.Placed(flow, newRevision(), document.value(), sequence, orderGroup, flow == Flow.SOLD_BY_OTHERS ? toldSeller(account, document) : null);
    var first = complete ? flow.first() : OrderStatus.INCOMPLETE;
    var decision = Decision.begin(first, key, placed, UUID.randomUUID(), clock.instant(), by);
    if (complete) goOn(decision, placed, document, account);
    return write(From.CHECKOUT, decision, placed, document);
  }

  /** Its checkout completed an order that it had begun. Completing it again is harmless. */
  Order complete(Order begun, String by) {
    var document = store.placedDocument(begun);
    return commands.change(
        begun.key(),
        by,
        (order, decision) -> {
          if (!order.isComplete() && order.status() != OrderStatus.INCOMPLETE) {
            throw new ApiError(HttpStatus.CONFLICT, "OMS004", "The order was not completed in time and is canceled; give the payment back.");
          }
          if (order.status() != OrderStatus.INCOMPLETE) return Map.of();
          decision.move(order.flow().first(), new Change.Moved("completed by the checkout"));
          goOn(decision, order.placed(), document, accounts.find(order.key().account()));
          return Map.of();
        });
  }

  /** An order that an outside marketplace placed here, for this seller or for one it sells on to. @param diverges whether somebody has to look at its price @return empty if its id is taken */
  Optional<Order> fromMarketplace(OrderKey key, String sequence, OrderDocument document, boolean diverges, String by) {
    var account = accounts.find(key.account());
    var soldOn = document.items().stream().map(OrderDocument.Item::seller).distinct().count() == 1 ? toldSeller(account, document) : null;
    var flow = soldOn == null ? Flow.SOLD_ELSEWHERE : Flow.CHAIN;
    var placed = new Change.Placed(flow, newRevision(), document.value(), sequence, null, soldOn);
    var decision = Decision.place(key, placed, UUID.randomUUID(), clock.instant(), by);
    if (flow == Flow.SOLD_ELSEWHERE) decision.move(diverges ? WAITING_FOR_MANUAL_AUTHORIZATION : WAITING_FFMT_AUTHORIZATION);
    return write(From.MARKETPLACE, decision, placed, document);
  }

  /** An order whose seller is to be told waits for the seller. */
  private static void goOn(Decision decision, Change.Origin placed, OrderDocument document, Account account) {
    if (placed instanceof Change.Placed here && here.seller() != null) return;
    Moves.complete(decision, new Change.Moved(null), placed.flow(), document, account);
  }

  private static @Nullable String toldSeller(Account account, OrderDocument document) {
    return account.seller(document.seller()).map(Account.OutsideSeller::id).orElse(null);
  }

  /** The order that has an id which was taken. */
  Order there(OrderKey key) {
    return store.find(key).orElseThrow(() -> new ApiError(HttpStatus.SERVICE_UNAVAILABLE, "OMS503", "The order could not be placed now, nothing was done; send it again."));
  }

  /**
   * Whether an order that is there is this cart, by its amount, lines and buyer: the rest of a document may be read otherwise by the next
   * version of this service, and a cart that was sent before an upgrade and again after it is not to be placed twice.
   */
  boolean isCart(Order there, OrderDocument cart) {
    var placed = store.placedDocument(there);
    return placed.value() == cart.value()
        && lines(placed).equals(lines(cart))
        && Objects.equals(placed.textAt("clientProfileData", "email"), cart.textAt("clientProfileData", "email"));
  }

  private static List<Map.Entry<String, Long>> lines(OrderDocument document) {
    return document.items().stream().map(item -> Map.entry(item.id(), item.quantity())).toList();
  }

  private Optional<Order> write(From from, Decision decision, Change.Placed placed, OrderDocument document) {
    return traces.during(Stage.INTAKE, decision.key(), () -> commit(from, decision, placed, document));
  }

  private Optional<Order> commit(From from, Decision decision, Change.Placed placed, OrderDocument document) {
    if (!(commands.commit(decision, Map.of(placed.documentRev(), document.fields())) instanceof CommitOutcome.Applied applied)) return Optional.empty();
    meter.count(from, Outcome.ACCEPTED);
    return Optional.of(applied.order());
  }

  private static String newRevision() {
    return UUID.randomUUID().toString();
  }
}
