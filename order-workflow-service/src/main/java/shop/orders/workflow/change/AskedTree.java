package shop.orders.workflow.change;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shop.orders.model.ChangeRequest.Given;

/** What was asked for, to tell a request sent again from another one under the same id. Whoever the customer is stays out of it. */
final class AskedTree {
  private AskedTree() {}

  static Map<String, @Nullable Object> of(Wish wish) {
    var request = wish.request();
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("reason", wish.reason());
    tree.put("discount", request.discount());
    tree.put("increment", request.increment());
    tree.put(
        "taken",
        request.taken().stream()
            .map(t -> text(t.wanted().id(), t.wanted().uniqueId(), t.wanted().itemIndex(), t.wanted().price(), t.wanted().quantity()))
            .toList());
    tree.put("given", request.given().stream().map(AskedTree::given).toList());
    tree.put("customFields", text(request.customFields(), request.customFieldsGone()));
    return tree;
  }

  private static String given(Given g) {
    return text(
        g.id(), g.uniqueId(), g.price(), g.sellingPrice(), g.unitMultiplier(), g.quantity(), g.manualDiscount(), g.manualIncrement(), g.logistics());
  }

  /** As text: numbers that are kept may come back as others of the same value. */
  private static String text(@Nullable Object... values) {
    return Arrays.toString(values);
  }
}
