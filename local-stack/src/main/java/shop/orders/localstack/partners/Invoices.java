package shop.orders.localstack.partners;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import shop.orders.localstack.client.OrderView;

/** Invoice bodies. */
final class Invoices {
  private Invoices() {}

  /**
   * One invoice over the whole order. Its number follows from the order's id: sent twice, it is the same invoice, of which the API
   * keeps one package.
   */
  static Map<String, Object> whole(OrderView order, Instant issued) {
    var number = "NFE-" + order.orderId();
    var invoice = new LinkedHashMap<String, Object>();
    invoice.put("type", "Output");
    invoice.put("issuanceDate", issued.toString());
    invoice.put("invoiceNumber", number);
    invoice.put("invoiceValue", Long.toString(order.value())); // text, as the published schema has it
    invoice.put("invoiceKey", key(order.orderId()));
    invoice.put("invoiceUrl", "https://invoices.example.com/" + number + ".pdf");
    invoice.put("courier", "Correios");
    invoice.put("trackingNumber", "TRK-" + order.orderId());
    invoice.put("trackingUrl", "https://tracking.example.com/TRK-" + order.orderId());
    invoice.put("items", Objects.requireNonNullElse(order.items(), List.<OrderView.Item>of()).stream().map(Invoices::item).toList());
    return invoice;
  }

  private static Map<String, Object> item(OrderView.Item item) {
    return Map.of("id", item.id(), "price", item.sellingPrice(), "quantity", item.quantity(),
        "description", Objects.requireNonNullElse(item.name(), item.id()));
  }

  /** 44 digits, as the access key of a Brazilian electronic invoice. */
  private static String key(String orderId) {
    return String.format(Locale.ROOT, "352411%019d%019d", orderId.hashCode() & 0xffffffffL, orderId.length());
  }
}
