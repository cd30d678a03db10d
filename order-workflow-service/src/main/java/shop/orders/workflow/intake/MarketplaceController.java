package shop.orders.workflow.intake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Change.Moved;
import shop.orders.model.Flow;
import shop.orders.model.InvalidDocument;
import shop.orders.model.Order;
import shop.orders.model.OrderEvent;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderStatus;
import shop.orders.model.Trigger;
import shop.orders.model.VtexDates;
import shop.orders.store.OrderStore;
import shop.orders.store.Sequences;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import shop.orders.web.Query;
import shop.orders.workflow.account.Accounts;
import shop.orders.workflow.action.Actions;
import shop.orders.workflow.action.WrongState;
import shop.orders.workflow.command.Moves;
import shop.orders.workflow.intake.IntakeMeter.From;
import shop.orders.workflow.intake.IntakeMeter.Outcome;

/** An outside marketplace places orders with this seller, and later says that they are to be fulfilled. Both may be repeated. */
@RestController
class MarketplaceController {
  private final Intake intake;
  private final Sequences sequences;
  private final OrderStore store;
  private final Actions actions;
  private final Accounts accounts;
  private final WrongState wrongState;
  private final IntakeMeter meter;

  MarketplaceController(Intake intake, Sequences sequences, OrderStore store, Actions actions, Accounts accounts, WrongState wrongState, IntakeMeter meter) {
    this.intake = intake;
    this.sequences = sequences;
    this.store = store;
    this.actions = actions;
    this.accounts = accounts;
    this.wrongState = wrongState;
    this.meter = meter;
  }

  @PostMapping("/api/fulfillment/pvt/orders")
  Object place(Caller caller, JsonBody body, Query query) {
    return meter.judge(From.MARKETPLACE, () -> placed(caller, body, Objects.requireNonNullElse(query.text("sc"), "1"), query.text("affiliateId")));
  }

  private Object placed(Caller caller, JsonBody body, String sc, @Nullable String affiliateId) {
    if (affiliateId == null || !affiliateId.matches("[A-Za-z0-9]{1,20}")) {
      throw ApiError.invalid("affiliateId", "The affiliateId of the marketplace is required: 1 to 20 letters and digits.");
    }
    var sent = body.requirePlain();
    var list = sent instanceof List<?> several ? several : List.of(sent);
    var orders = list.stream().map(one -> MarketplaceOrder.of(one, affiliateId, sc)).toList();
    if (orders.isEmpty()) throw new InvalidDocument("body", "must have at least one order");
    var answers = new ArrayList<Map<String, @Nullable Object>>();
    for (var order : orders) {
      var key = new OrderKey(caller.account(), order.orderId());
      boolean isThere = store.header(key).filter(h -> h.version() > 0).isPresent();
      if (isThere || intake.fromMarketplace(key, String.valueOf(sequences.reserve(caller.account(), 1)), order.document(), order.diverges(), caller.by()).isEmpty()) {
        requireMarketplaces(intake.there(key));
        meter.count(From.MARKETPLACE, Outcome.REPEATED);
      }
      var answer = new LinkedHashMap<>(order.sent());
      answer.put("orderId", key.orderId());
      answers.add(answer);
    }
    return sent instanceof List ? answers : answers.get(0);
  }

  @PostMapping("/api/fulfillment/pvt/orders/{orderId}/fulfill")
  @ResponseStatus(HttpStatus.CREATED)
  Fulfilled fulfill(Caller caller, @PathVariable String orderId) {
    var order =
        actions.change(
            caller,
            orderId,
            "fulfill",
            (current, decision) -> {
              if (current.flow().allows(current.status(), Trigger.FULFILL)) {
                if (current.flow() == Flow.CHAIN) Moves.approvePayment(decision, current.flow(), new Moved("released by the marketplace"), accounts.find(caller.account()));
                else Moves.authorizeFulfillment(decision, accounts.find(caller.account()));
              } else if (released(current).isEmpty()) {
                throw wrongState.expected(OrderStatus.WAITING_FFMT_AUTHORIZATION);
              }
              return Map.of();
            });
    return Fulfilled.of(order);
  }

  /** The event by which the marketplace released the order, here or, as far as can be said, where it came from. */
  private static Optional<OrderEvent> released(Order order) {
    var released = order.flow() == Flow.CHAIN ? OrderStatus.APPROVE_PAYMENT : OrderStatus.AUTHORIZE_FULFILLMENT;
    var here = order.events().stream().filter(e -> e.status() == released).findFirst();
    boolean isCanceled = order.entered(OrderStatus.CANCELED).isPresent();
    return here.or(() -> order.imported().filter(i -> isMarketplaces(order) && !isCanceled && i.authorizedAt() != null).map(i -> order.events().get(0)));
  }

  /** Taken for a repeated one, an order would be lost whose id the account's own checkout gave away. */
  private static void requireMarketplaces(Order there) {
    if (there.imported().isPresent() || isMarketplaces(there)) return;
    throw new ApiError(HttpStatus.CONFLICT, "OMS001", "The id " + there.key().orderId() + " is that of an order of the account's own checkout; nothing was placed under it.");
  }

  /** Whether a marketplace placed it. */
  private static boolean isMarketplaces(Order order) {
    return order.flow() == Flow.SOLD_ELSEWHERE || order.flow() == Flow.CHAIN;
  }

  record Fulfilled(String date, String marketplaceOrderId, String orderId, String receipt) {
    static Fulfilled of(Order order) {
      var receipt = released(order).orElseThrow().receipt();
      var orderId = order.key().orderId();
      return new Fulfilled(VtexDates.document(order.changedAt()), orderId.substring(orderId.indexOf('-') + 1), orderId, receipt);
    }
  }
}
