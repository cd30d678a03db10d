package shop.orders.workflow.action;

import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Change;
import shop.orders.model.OrderEvent;
import shop.orders.model.VtexDates;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import shop.orders.workflow.command.OrderCommands;

/** The order's log: lines that people and programs write into it, between what the workflow did. */
@RestController
class InteractionController {
  /** Every reading of the order reads them all. */
  private static final int MOST_LINES = 1_000;

  private final OrderCommands commands;
  private final OrderReads orders;

  InteractionController(OrderCommands commands, OrderReads orders) {
    this.commands = commands;
    this.orders = orders;
  }

  @PostMapping("/api/oms/pvt/orders/{orderId}/interactions")
  void note(Caller caller, @PathVariable String orderId, JsonBody body) {
    var sent = body.require();
    var noted = new Change.Noted(Fields.requiredText(sent, "source"), Fields.requiredText(sent, "message"));
    commands.change(
        caller.order(orderId),
        caller.by(),
        (order, decision) -> {
          if (order.changes(Change.Noted.class).size() >= MOST_LINES) throw ApiError.invalid("body", "An order's log takes at most " + MOST_LINES + " lines from outside.");
          decision.record(noted);
          return Map.of();
        });
  }

  /** Oldest first. */
  @GetMapping("/api/oms/pvt/orders/{orderId}/interactions")
  List<Line> log(Caller caller, @PathVariable String orderId) {
    return orders.require(caller, orderId).events().stream().map(Line::of).toList();
  }

  /** @param status of the order right after it */
  record Line(String date, String message, String source, String status) {
    private static final String ENGINE = "Workflow Engine";

    static Line of(OrderEvent event) {
      var date = VtexDates.document(event.at());
      var status = event.status().wire();
      if (event.change() instanceof Change.Noted noted) return new Line(date, noted.message(), noted.source(), status);
      return new Line(date, said(event), ENGINE, status);
    }

    private static String said(OrderEvent event) {
      var what = event.change() instanceof Change.Moved ? "" : event.change().type().replace('-', ' ');
      var moved = event.isTransition() ? "order entered " + event.status().wire() : "";
      var said = what.isEmpty() || moved.isEmpty() ? what + moved : what + ", " + moved;
      var reason = Details.reason(Details.of(event.change()));
      return Character.toUpperCase(said.charAt(0)) + said.substring(1) + (reason == null ? "" : ": " + reason);
    }
  }
}
