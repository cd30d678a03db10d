package shop.orders.workflow.action;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Change.InvoiceType;
import shop.orders.model.OrderDocument;
import shop.orders.web.ApiError;
import tools.jackson.databind.JsonNode;

/**
 * An invoice as sellers send it.
 *
 * @param value in cents
 */
record InvoiceRequest(InvoiceType type, String number, long value, String issuanceDate, List<Line> lines, JsonNode sent) {

  /** @param price of one unit in cents */
  record Line(String skuId, long price, long quantity, @Nullable String description) {}

  /** @throws ApiError 400 if a required field is missing or makes no sense */
  static InvoiceRequest of(JsonNode body) {
    if (!body.isObject()) throw ApiError.invalid("body", "The body must be an invoice.");
    var type =
        switch (Fields.requiredText(body, "type").toLowerCase()) {
          case "output" -> InvoiceType.Output;
          case "input" -> InvoiceType.Input;
          default -> throw ApiError.invalid("type", "The type field must be Output or Input.");
        };
    if (!body.has("items")) throw ApiError.invalid("items", "The items field is required.");
    var lines = new ArrayList<Line>();
    for (var item : Fields.list(body, "items")) {
      var quantity = Fields.wholeNumber(item, "quantity", 0);
      if (quantity < 1) throw ApiError.invalid("items", "The quantity of every item must be 1 or more.");
      lines.add(new Line(Fields.requiredText(item, "id"), Fields.wholeNumber(item, "price", 0), quantity, Fields.text(item, "description")));
    }
    if (lines.isEmpty()) throw ApiError.invalid("items", "The items field must have at least one item.");
    return new InvoiceRequest(
        type, Fields.requiredText(body, "invoiceNumber"), Fields.requiredCents(body, "invoiceValue"), Fields.requiredText(body, "issuanceDate"), lines, body);
  }

  /** The package as the order document shows it. */
  Map<String, @Nullable Object> packageDocument(OrderDocument order) {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("items", items(order));
    document.put("courier", Fields.text(sent, "courier"));
    document.put("invoiceNumber", number);
    document.put("invoiceValue", value);
    document.put("invoiceUrl", Fields.text(sent, "invoiceUrl"));
    document.put("issuanceDate", issuanceDate);
    document.put("trackingNumber", Fields.text(sent, "trackingNumber"));
    document.put("invoiceKey", Fields.text(sent, "invoiceKey"));
    document.put("trackingUrl", Fields.text(sent, "trackingUrl"));
    document.put("embeddedInvoice", Fields.longText(sent, "embeddedInvoice"));
    document.put("type", type.name());
    document.put("courierStatus", null);
    document.put("cfop", Fields.text(sent, "cfop"));
    document.put("restitutions", new LinkedHashMap<>());
    document.put("volumes", sent.hasNonNull("volumes") ? Fields.wholeNumber(sent, "volumes", 0) : null);
    document.put("EnableInferItems", null);
    return document;
  }

  /** Finds each line's place in the order; one SKU on several lines goes to the first that has room, then to the next. */
  private List<Map<String, @Nullable Object>> items(OrderDocument order) {
    var room = new ArrayList<>(order.items().stream().map(OrderDocument.Item::quantity).toList());
    var items = new ArrayList<Map<String, @Nullable Object>>();
    for (var line : lines) {
      int index = place(line, order.items(), room);
      if (index < 0) throw ApiError.invalid("items", "The order has no item " + line.skuId() + ".");
      room.set(index, room.get(index) - line.quantity());
      var item = new LinkedHashMap<String, @Nullable Object>();
      item.put("itemIndex", (long) index);
      item.put("quantity", line.quantity());
      item.put("price", line.price());
      item.put("description", line.description());
      item.put("unitMultiplier", new BigDecimal("1.0"));
      items.add(item);
    }
    return items;
  }

  private static int place(Line line, List<OrderDocument.Item> ordered, List<Long> room) {
    int any = -1;
    for (int i = 0; i < ordered.size(); i++) {
      if (!ordered.get(i).id().equals(line.skuId())) continue;
      if (room.get(i) >= line.quantity()) return i;
      if (any < 0) any = i;
    }
    return any;
  }
}
