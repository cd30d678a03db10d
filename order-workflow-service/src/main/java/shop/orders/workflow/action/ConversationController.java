package shop.orders.workflow.action;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.Order;
import shop.orders.store.OrderStore;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import shop.orders.workflow.command.OrderCommands;

/** Mails about an order. Nothing is sent from here: whoever sends them, or gets them, records them. */
@RestController
class ConversationController {
  /** All of them are read with the order's documents. */
  private static final int MOST_MESSAGES = 50;

  private final OrderCommands commands;
  private final OrderReads orders;
  private final OrderStore store;

  ConversationController(OrderCommands commands, OrderReads orders, OrderStore store) {
    this.commands = commands;
    this.orders = orders;
    this.store = store;
  }

  /** Oldest first. */
  @GetMapping("/api/oms/pvt/orders/{orderId}/conversation-message")
  List<Map<String, @Nullable Object>> messages(Caller caller, @PathVariable String orderId) {
    return messages(orders.require(caller, orderId));
  }

  /** @return the message as it is shown from now on, or since it was first recorded under its id */
  @PostMapping("/api/oms/pvt/orders/{orderId}/conversation-message")
  @ResponseStatus(HttpStatus.CREATED)
  Map<String, @Nullable Object> record(Caller caller, @PathVariable String orderId, JsonBody body) {
    var sent = MessageRequest.of(body.require());
    var command = UUID.randomUUID();
    var order = commands.change(caller.order(orderId), caller.by(), command, (before, decision) -> decide(before, decision, sent));
    var shown = messages(order);
    var own = order.events().stream().filter(e -> e.commandId().equals(command)).map(e -> ((Change.MessageSent) e.change()).messageId()).findFirst();
    var id = own.orElse(sent.id());
    return shown.stream().filter(message -> Objects.equals(message.get("id"), id)).findFirst().orElseThrow();
  }

  private static Map<String, Map<String, @Nullable Object>> decide(Order order, Decision decision, MessageRequest sent) {
    var before = order.changes(Change.MessageSent.class);
    var id = sent.idFor(decision.commandId(), decision.at());
    if (before.stream().anyMatch(m -> m.messageId().equals(id))) return Map.of();
    if (before.size() == MOST_MESSAGES) throw ApiError.invalid("body", "An order has at most " + MOST_MESSAGES + " messages.");
    var revision = UUID.randomUUID().toString();
    decision.record(new Change.MessageSent(id, revision, sent.firstWords()));
    return Map.of(revision, sent.document(order.key(), id, decision.at()));
  }

  private List<Map<String, @Nullable Object>> messages(Order order) {
    var sent = order.changes(Change.MessageSent.class);
    if (sent.isEmpty()) return List.of();
    var documents = store.documents(order.key());
    return sent.stream().map(m -> Objects.requireNonNull(documents.get(m.documentRev()), () -> order + " lost a message")).toList();
  }
}
