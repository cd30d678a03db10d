package shop.orders.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Change.InvoicePatched;

/** What was learned of a package after its invoice. */
public final class PackagePatches {
  private PackagePatches() {}

  /** Whether the package's earlier patches already say what {@code patch} says. */
  public static boolean saysNothingNew(Order order, InvoicePatched patch) {
    var known = new InvoicePatched(patch.invoiceNumber(), null, null, null, null);
    for (var earlier : order.changes(InvoicePatched.class)) if (earlier.invoiceNumber().equals(patch.invoiceNumber())) known = merged(known, earlier);
    return merged(known, patch).equals(known);
  }

  static void apply(InvoicePatched patch, List<Map<String, @Nullable Object>> packages) {
    for (var one : packages) {
      if (!patch.invoiceNumber().equals(OrderDocument.text(one.get("invoiceNumber")))) continue;
      put(one, "trackingNumber", patch.trackingNumber());
      put(one, "trackingUrl", patch.trackingUrl());
      put(one, "dispatchedDate", patch.dispatchedDate());
      put(one, "courier", patch.courier());
    }
  }

  private static void put(Map<String, @Nullable Object> one, String name, @Nullable String value) {
    if (value != null) one.put(name, value);
  }

  private static InvoicePatched merged(InvoicePatched known, InvoicePatched patch) {
    return new InvoicePatched(
        known.invoiceNumber(),
        patch.trackingNumber() == null ? known.trackingNumber() : patch.trackingNumber(),
        patch.trackingUrl() == null ? known.trackingUrl() : patch.trackingUrl(),
        patch.dispatchedDate() == null ? known.dispatchedDate() : patch.dispatchedDate(),
        patch.courier() == null ? known.courier() : patch.courier());
  }
}
