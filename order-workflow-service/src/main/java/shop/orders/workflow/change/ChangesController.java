package shop.orders.workflow.change;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.ChangeRequests;
import shop.orders.model.Order;
import shop.orders.store.OrderStore;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import shop.orders.workflow.action.Fields;
import shop.orders.workflow.action.OrderReads;
import shop.orders.workflow.command.OrderCommands;
import tools.jackson.databind.JsonNode;

/** Changes of an order: asked for, tried out, looked at, confirmed or given up. */
@RestController
@RequestMapping("/api/order-system/orders/{orderId}/changes")
class ChangesController {
  private final OrderCommands commands;
  private final OrderReads orders;
  private final OrderStore store;
  private final Changes changes;
  private final Previews previews;

  ChangesController(OrderCommands commands, OrderReads orders, OrderStore store, Changes changes, Previews previews) {
    this.commands = commands;
    this.orders = orders;
    this.store = store;
    this.changes = changes;
    this.previews = previews;
  }

  @PatchMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  Map<String, @Nullable Object> request(Caller caller, @PathVariable String orderId, JsonBody body) {
    var sent = body.require();
    var wish = WishReader.v2(sent);
    var requestId = requestId(sent);
    var after =
        commands.change(
            caller.order(orderId),
            caller.by(),
            (order, decision) -> changes.isThere(order, wish, requestId) ? Map.of() : changes.request(order, wish, requestId, decision, false));
    return ShownChange.brief(ShownChange.document(after, changes.find(after, requestId), store.documents(after.key())));
  }

  /** Ours, unless the sender has one so that it can send the request again: that is not in the public API. */
  private static String requestId(JsonNode sent) {
    var own = Fields.text(sent, "requestId");
    if (own == null || own.isBlank()) return UUID.randomUUID().toString();
    Changes.checkId(own);
    return own;
  }

  @PostMapping("/preview")
  Map<String, @Nullable Object> preview(Caller caller, @PathVariable String orderId, JsonBody body) {
    var wish = WishReader.v2(body.require());
    return ShownChange.brief(previews.preview(orders.require(caller, orderId), wish, caller.by()));
  }

  @GetMapping
  Map<String, @Nullable Object> history(Caller caller, @PathVariable String orderId) {
    var order = orders.require(caller, orderId);
    var documents = store.documents(order.key());
    var history = new LinkedHashMap<String, @Nullable Object>();
    history.put("requests", ChangeRequests.of(order).stream().map(asked -> ShownChange.brief(ShownChange.document(order, asked, documents))).toList());
    history.put("actions", List.of());
    return history;
  }

  @GetMapping("/{requestId}")
  Map<String, @Nullable Object> one(Caller caller, @PathVariable String orderId, @PathVariable String requestId) {
    return shown(orders.require(caller, orderId), requestId);
  }

  @PostMapping("/{requestId}/retry")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void retry(Caller caller, @PathVariable String orderId, @PathVariable String requestId) {
    changes.retry(orders.require(caller, orderId), requestId);
  }

  @PostMapping("/{requestId}/cancel")
  Map<String, @Nullable Object> cancel(Caller caller, @PathVariable String orderId, @PathVariable String requestId) {
    var after =
        commands.change(
            caller.order(orderId),
            caller.by(),
            (order, decision) -> {
              changes.cancel(order, requestId, decision);
              return Map.of();
            });
    return shown(after, requestId);
  }

  /** Not in the public API, which asks its own payment gateway. */
  @PostMapping("/{requestId}/confirm")
  Map<String, @Nullable Object> confirm(Caller caller, @PathVariable String orderId, @PathVariable String requestId) {
    var after =
        commands.change(
            caller.order(orderId),
            caller.by(),
            (order, decision) -> {
              changes.confirm(order, requestId, decision);
              return Map.of();
            });
    return shown(after, requestId);
  }

  private Map<String, @Nullable Object> shown(Order order, String requestId) {
    return ShownChange.whole(order, changes.find(order, requestId), store.documents(order.key()));
  }
}
