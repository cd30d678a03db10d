package shop.orders.workflow.action;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Change.InvoiceType;
import shop.orders.model.Ledger;
import shop.orders.model.Ledger.Pieces;
import shop.orders.model.Ledger.Wanted;
import shop.orders.web.ApiError;
import tools.jackson.databind.JsonNode;

/**
 * An invoice as sellers send it.
 *
 * @param value in cents
 */
record InvoiceRequest(InvoiceType type, String number, long value, String issuanceDate, List<Line> lines, JsonNode sent) {
  /** Invoice numbers stand in events, which are small by rule. */
  private static final int LONGEST_NUMBER = 200;

  private static final int MOST_LINES = 5_000;

  /** @param wanted which pieces, at what price of one in cents */
  record Line(Wanted wanted, @Nullable String description) {
    long price() {
      return wanted.price() == null ? 0 : wanted.price();
    }
  }

  /** @throws ApiError 400 if a required field is missing or makes no sense */
  static InvoiceRequest of(JsonNode body) {
    if (!body.isObject()) throw ApiError.invalid("body", "The body must be an invoice.");
    var type =
        switch (Fields.requiredText(body, "type").strip().toLowerCase(Locale.ROOT)) {
          case "output" -> InvoiceType.Output;
          case "input" -> InvoiceType.Input;
          default -> throw ApiError.invalid("type", "The type field must be Output or Input.");
        };
    if (!body.has("items")) throw ApiError.invalid("items", "The items field is required.");
    // Connectors send the order's items back; those a change took away have quantity 0 there.
    var lines = Fields.list(body, "items").stream().map(InvoiceRequest::line).filter(line -> line.wanted().quantity() > 0).toList();
    if (lines.isEmpty()) throw ApiError.invalid("items", "The items field must have at least one item with a quantity of 1 or more.");
    if (lines.size() > MOST_LINES) throw ApiError.invalid("items", "The items field must have at most " + MOST_LINES + " items.");
    var number = Fields.requiredText(body, "invoiceNumber");
    if (number.length() > LONGEST_NUMBER) throw ApiError.invalid("invoiceNumber", "The invoiceNumber field must have at most " + LONGEST_NUMBER + " characters.");
    return new InvoiceRequest(type, number, Fields.requiredCents(body, "invoiceValue"), Fields.requiredText(body, "issuanceDate"), lines, body);
  }

  private static Line line(JsonNode item) {
    Fields.requiredText(item, "quantity");
    var quantity = Fields.wholeNumber(item, "quantity", 0);
    var price = Fields.text(item, "price") == null ? null : (Long) Fields.wholeNumber(item, "price", 0);
    var index = Fields.text(item, "itemIndex") == null ? null : (Long) Fields.wholeNumber(item, "itemIndex", 0);
    var wanted = new Wanted(Fields.requiredText(item, "id"), index, Fields.text(item, "uniqueId"), price, quantity);
    return new Line(wanted, Fields.text(item, "description"));
  }

  List<Wanted> wanted() {
    return lines.stream().map(Line::wanted).toList();
  }

  /**
   * The package as the order document shows it.
   *
   * @param pieces the invoice's pieces by line, as the {@link Ledger} gave them
   */
  Map<String, @Nullable Object> packageDocument(List<Pieces> pieces) {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("items", pieces.stream().map(this::item).toList());
    document.put("courier", Fields.text(sent, "courier"));
    document.put("invoiceNumber", number);
    document.put("invoiceValue", value);
    document.put("invoiceUrl", Fields.text(sent, "invoiceUrl"));
    document.put("issuanceDate", issuanceDate);
    document.put("trackingNumber", Fields.text(sent, "trackingNumber"));
    document.put("invoiceKey", Fields.text(sent, "invoiceKey"));
    document.put("trackingUrl", Fields.text(sent, "trackingUrl"));
    document.put("dispatchedDate", Fields.text(sent, "dispatchedDate"));
    document.put("embeddedInvoice", Fields.longText(sent, "embeddedInvoice"));
    document.put("type", type.name());
    document.put("courierStatus", null);
    document.put("cfop", Fields.text(sent, "cfop"));
    document.put("restitutions", type == InvoiceType.Input ? restitutions() : new LinkedHashMap<>());
    document.put("volumes", sent.hasNonNull("volumes") ? Fields.wholeNumber(sent, "volumes", 0) : null);
    document.put("EnableInferItems", null);
    return document;
  }

  private Map<String, @Nullable Object> item(Pieces pieces) {
    var line = lines.get(pieces.wanted());
    var item = new LinkedHashMap<String, @Nullable Object>();
    item.put("itemIndex", (long) pieces.itemIndex());
    item.put("quantity", pieces.quantity());
    item.put("price", line.price());
    item.put("description", line.description());
    item.put("unitMultiplier", new BigDecimal("1.0"));
    return item;
  }

  /** What the customer gets back for what came back. */
  private Map<String, @Nullable Object> restitutions() {
    var items = new ArrayList<Map<String, @Nullable Object>>();
    for (var line : lines) {
      var item = new LinkedHashMap<String, @Nullable Object>();
      item.put("useFreight", false);
      item.put("isCompensation", false);
      item.put("compensationValue", 0L);
      item.put("id", line.wanted().id());
      item.put("quantity", line.wanted().quantity());
      item.put("price", line.price());
      item.put("description", line.description());
      items.add(item);
    }
    var refund = new LinkedHashMap<String, @Nullable Object>();
    refund.put("value", value);
    refund.put("giftCardData", null);
    refund.put("items", items);
    var restitutions = new LinkedHashMap<String, @Nullable Object>();
    restitutions.put("Refund", refund);
    return restitutions;
  }
}
