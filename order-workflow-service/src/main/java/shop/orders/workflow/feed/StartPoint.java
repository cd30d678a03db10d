package shop.orders.workflow.feed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import shop.orders.model.OrderKey;
import shop.orders.model.VtexDates;
import shop.orders.web.ApiError;
import tools.jackson.databind.JsonNode;

/** Where in the past a feed is to go on from. */
sealed interface StartPoint {
  /** What was in the log from then on. */
  record Date(Instant date) implements StartPoint {}

  record Event(String eventId) implements StartPoint {}

  /** The first event of an order. */
  record FirstOf(String orderId) implements StartPoint {}

  /**
   * @param field how errors call it
   * @throws ApiError 400 if it is not exactly one of {@code date}, {@code eventId} and {@code orderId}
   */
  static StartPoint of(String field, JsonNode node) {
    var points = new ArrayList<StartPoint>();
    for (var name : List.of("date", "eventId", "orderId")) {
      var value = JsonNames.child(node, name);
      if (value == null) continue;
      var text = JsonNames.text(value);
      if (text == null) throw ApiError.invalid(name, "The field " + name + " must be a text.");
      points.add(of(name, text));
    }
    if (points.size() != 1) throw ApiError.invalid(field, "Exactly one of date, eventId and orderId is required.");
    return points.get(0);
  }

  private static StartPoint of(String name, String text) {
    return switch (name) {
      case "date" -> new Date(VtexDates.read(text).orElseThrow(() -> ApiError.invalid(name, "The date must be an ISO-8601 time, as in 2026-11-23T12:00:00Z.")));
      case "eventId" -> {
        EventIds.require(name, text);
        yield new Event(text);
      }
      default -> {
        if (!OrderKey.isOrderId(text)) throw ApiError.orderNotFound();
        yield new FirstOf(text);
      }
    };
  }
}
