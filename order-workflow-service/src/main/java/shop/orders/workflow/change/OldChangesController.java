package shop.orders.workflow.change;

import java.util.Map;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.VtexDates;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import shop.orders.workflow.action.Actions;
import shop.orders.workflow.action.Fields;

/** Changes as they were asked for before there was {@link ChangesController}: done at once, since this call knows no waiting. */
@RestController
class OldChangesController {
  private static final int MOST = 50;

  private final Actions actions;
  private final Changes changes;

  OldChangesController(Actions actions, Changes changes) {
    this.actions = actions;
    this.changes = changes;
  }

  /** The same for a request that is sent again. */
  record Receipt(String date, String orderId, String receipt) {}

  @PostMapping("/api/oms/pvt/orders/{orderId}/changes")
  Receipt change(Caller caller, @PathVariable String orderId, JsonBody body) {
    var sent = body.require();
    var wish = WishReader.v1(sent);
    var requestId = Fields.requiredText(sent, "requestId");
    Changes.checkId(requestId);
    var after =
        actions.change(
            caller,
            orderId,
            "changes",
            (order, decision) -> {
              if (changes.isThere(order, wish, requestId)) return Map.of();
              Changes.checkCount(order, MOST);
              return changes.request(order, wish, requestId, decision, true);
            });
    var asked = changes.find(after, requestId);
    return new Receipt(VtexDates.document(asked.at()), orderId, asked.commandId().toString());
  }
}
