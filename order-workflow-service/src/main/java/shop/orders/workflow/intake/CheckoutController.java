package shop.orders.workflow.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.InvalidDocument;
import shop.orders.model.Order;
import shop.orders.model.OrderDocument;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderNumbers;
import shop.orders.store.IdempotencyKeys;
import shop.orders.store.OrderStore;
import shop.orders.store.Sequences;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import shop.orders.workflow.intake.IntakeMeter.From;
import shop.orders.workflow.intake.IntakeMeter.Outcome;

/**
 * The account's checkout places orders: one document in the shape that GET answers with, or a list of them as one group, an order per
 * seller. With an {@code Idempotency-Key} a request may be repeated for seven days: what was placed is not placed again.
 */
@RestController
class CheckoutController {
  private static final int MOST_IN_A_GROUP = 99;

  /** Numbers tried for one group: the second one is beyond what was imported before it was reserved. */
  private static final int TRIES = 5;

  private final Intake intake;
  private final Sequences sequences;
  private final IdempotencyKeys idempotencyKeys;
  private final OrderStore store;
  private final IntakeMeter meter;

  CheckoutController(Intake intake, Sequences sequences, IdempotencyKeys idempotencyKeys, OrderStore store, IntakeMeter meter) {
    this.intake = intake;
    this.sequences = sequences;
    this.idempotencyKeys = idempotencyKeys;
    this.store = store;
    this.meter = meter;
  }

  @PostMapping("/api/oms/pvt/orders")
  @ResponseStatus(HttpStatus.CREATED)
  Object place(Caller caller, JsonBody body, @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    return meter.judge(From.CHECKOUT, () -> placed(caller, body, key));
  }

  private Object placed(Caller caller, JsonBody body, @Nullable String key) {
    var sent = body.requirePlain();
    var carts = carts(sent);
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      var placed = place(caller, number(caller, body, key, attempt), carts);
      if (placed.isPresent()) return sent instanceof List ? placed.get() : placed.get().get(0);
    }
    throw new ApiError(HttpStatus.SERVICE_UNAVAILABLE, "OMS503", "Other orders have the next numbers for new ones, nothing was done; send it again.");
  }

  /** @return empty if another order has one of the ids: nothing was placed, take another number */
  private Optional<List<Placed>> place(Caller caller, Number number, List<Cart> carts) {
    var group = OrderNumbers.group(caller.account(), number.sequence);
    var keys = IntStream.rangeClosed(1, carts.size()).mapToObj(i -> new OrderKey(caller.account(), OrderNumbers.orderId(group, i))).toList();
    // A single order under a new number needs no look: its commit tells.
    var there = number.isNew && keys.size() == 1 ? Map.<OrderKey, Order>of() : find(keys);
    if (isTaken(there, keys, number, group, carts)) return Optional.empty();
    var placed = new ArrayList<Placed>();
    for (int i = 0; i < keys.size(); i++) {
      var before = Optional.ofNullable(there.get(keys.get(i)));
      var order = before.isPresent() ? before : place(keys.get(i), number, group, carts.get(i), caller);
      if (order.isEmpty()) {
        if (i == 0) return Optional.empty();
        throw halfPlaced(group);
      }
      if (before.isPresent()) meter.count(From.CHECKOUT, Outcome.REPEATED);
      placed.add(Placed.of(order.get()));
    }
    return Optional.of(placed);
  }

  /** @return what another sending of this request placed, if that was first; empty if another order has the id */
  private Optional<Order> place(OrderKey key, Number number, String group, Cart cart, Caller caller) {
    var placed = intake.fromCheckout(key, number.sequence, group, cart.document, cart.complete, caller.by());
    if (placed.isPresent()) return placed;
    var first = Optional.of(intake.there(key)).filter(there -> isRepeated(there, number, group, cart));
    if (first.isPresent()) meter.count(From.CHECKOUT, Outcome.REPEATED);
    return first;
  }

  private Map<OrderKey, Order> find(List<OrderKey> keys) {
    return keys.stream().flatMap(key -> store.find(key).stream()).collect(Collectors.toMap(Order::key, Function.identity()));
  }

  /**
   * Whether another order has one of a group's ids.
   *
   * @throws ApiError 409 if some of the group's own were placed: placed once more under another number, they would be there twice
   */
  private boolean isTaken(Map<OrderKey, Order> there, List<OrderKey> keys, Number number, String group, List<Cart> carts) {
    long own = IntStream.range(0, keys.size()).filter(i -> there.containsKey(keys.get(i)) && isRepeated(there.get(keys.get(i)), number, group, carts.get(i))).count();
    if (own == there.size()) return false;
    if (own > 0) throw halfPlaced(group);
    return true;
  }

  /**
   * Whether an order that has the id came from another sending of this request. Else it is none of this cart's: imported, a marketplace's
   * whose affiliate has such a name, or one from before the account's numbers began again.
   */
  private boolean isRepeated(Order there, Number number, String group, Cart cart) {
    boolean isOfTheGroup = there.imported().isEmpty() && group.equals(there.placed().orderGroup());
    return number.mayBeRepeated && isOfTheGroup && intake.isCart(there, cart.document);
  }

  private static ApiError halfPlaced(String group) {
    return new ApiError(HttpStatus.CONFLICT, "OMS001", "Another order has an id of group " + group + ", of which a part was placed; the rest is not placed.");
  }

  /** What a checkout sends. @param complete unless {@code isCompleted} says that payment is not even begun */
  private record Cart(OrderDocument document, boolean complete) {}

  private static List<Cart> carts(Object sent) {
    var list = sent instanceof List<?> several ? several : List.of(sent);
    if (list.isEmpty() || list.size() > MOST_IN_A_GROUP) throw new InvalidDocument("body", "must be one order or a list of 1 to " + MOST_IN_A_GROUP);
    return list.stream()
        .map(
            one -> {
              if (one instanceof Map<?, ?> document) return new Cart(OrderDocument.placed(document), !Boolean.FALSE.equals(document.get("isCompleted")));
              throw new InvalidDocument("body", "must be an order document");
            })
        .toList();
  }

  /**
   * The running number of a group.
   *
   * @param isNew this request placed nothing under it before
   * @param mayBeRepeated the request has a key, so another sending of it may place under the same number
   */
  private record Number(String sequence, boolean isNew, boolean mayBeRepeated) {}

  /** A new number, or the one this key was given before at the same attempt. */
  private Number number(Caller caller, JsonBody body, @Nullable String key, int attempt) {
    if (key != null && (key.isBlank() || key.length() > 200)) throw ApiError.invalid("Idempotency-Key", "The Idempotency-Key must have 1 to 200 characters.");
    var fresh = String.valueOf(sequences.reserve(caller.account(), attempt == 1 ? 1 : Sequences.IN_ADVANCE + 1));
    if (key == null) return new Number(fresh, true, false);
    var digest = DigestUtils.md5DigestAsHex(body.bytes());
    var attemptKey = attempt == 1 ? key : key + "\n" + attempt; // no header has a line break in it
    var bound = idempotencyKeys.claim(caller.account(), attemptKey, fresh + " " + digest).split(" ");
    if (!bound[1].equals(digest)) {
      throw new ApiError(HttpStatus.CONFLICT, "OMS001", "The Idempotency-Key was used before with another body; nothing was done.");
    }
    return new Number(bound[0], bound[0].equals(fresh), true);
  }
}
