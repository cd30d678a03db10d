package shop.orders.workflow.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shop.orders.model.ChangeRequests.Asked;
import shop.orders.model.ChangeRequests.State;
import shop.orders.model.Order;
import shop.orders.model.VtexDates;

/** A change as the API shows it. */
final class ShownChange {
  private static final List<String> BRIEF =
      List.of(
          "requestId", "workflowId", "reason", "manualDiscountValue", "manualIncrementValue", "totalChangeValue", "totals", "add", "remove", "replace", "date", "origin",
          "settings");

  private ShownChange() {}

  /** @throws IllegalArgumentException if it is not among {@code documents} */
  static Map<String, @Nullable Object> document(Order order, Asked asked, Map<String, Map<String, @Nullable Object>> documents) {
    var document = documents.get(asked.asked().documentRev());
    if (document == null) throw new IllegalArgumentException("order " + order.key() + " has no document " + asked.asked().documentRev());
    return document;
  }

  /** Without where it stands. */
  static Map<String, @Nullable Object> brief(Map<String, @Nullable Object> document) {
    var shown = new LinkedHashMap<String, @Nullable Object>();
    for (var name : BRIEF) shown.put(name, document.get(name));
    return shown;
  }

  static Map<String, @Nullable Object> whole(Order order, Asked asked, Map<String, Map<String, @Nullable Object>> documents) {
    var shown = new LinkedHashMap<String, @Nullable Object>();
    brief(document(order, asked, documents)).forEach((name, value) -> {
      shown.put(name, value);
      if (!name.equals("workflowId")) return;
      shown.put("status", asked.state().wire());
      shown.put("inProgress", asked.state() == State.WAITING_CONFIRMATION);
    });
    shown.put("logs", logs(asked));
    return shown;
  }

  private static List<Map<String, @Nullable Object>> logs(Asked asked) {
    var logs = new ArrayList<Map<String, @Nullable Object>>();
    logs.add(log(VtexDates.feed(asked.at()), "waiting-acknowledgement", "The change was asked for."));
    logs.add(log(VtexDates.feed(asked.at()), "waiting-confirmation", "It fits the order."));
    if (asked.settledAt() != null) {
      logs.add(log(VtexDates.feed(asked.settledAt()), asked.state().wire(), asked.why() == null ? "The change is " + asked.state().wire() + "." : asked.why() + "."));
    }
    return logs;
  }

  private static Map<String, @Nullable Object> log(String date, String status, String message) {
    var log = new LinkedHashMap<String, @Nullable Object>();
    log.put("date", date);
    log.put("status", status);
    log.put("message", message);
    return log;
  }
}
