package shop.orders.workflow.change;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shop.orders.model.ChangePlan;
import shop.orders.model.Ledger;
import shop.orders.workflow.change.Wish.Kind;
import shop.orders.workflow.change.Wish.Part;

/** A change worked out, in the public shapes: add, remove and replace with what the order knows of their items. */
final class ChangeShape {
  private static final List<String> BRIEF =
      List.of("id", "uniqueId", "quantity", "price", "measurementUnit", "unitMultiplier", "sellingPrice", "name", "detailUrl", "imageUrl");
  private static final List<String> WHOLE =
      List.of("uniqueId", "id", "productId", "productRefId", "refId", "ean", "name", "skuName", "modalType", "parentItemIndex", "parentAssemblyBinding", "assemblies",
          "priceValidUntil", "tax", "price", "listPrice", "manualPrice", "manualPriceAppliedBy", "sellingPrice", "rewardValue", "isGift", "additionalInfo", "preSaleDate",
          "productCategoryIds", "productCategories", "quantity", "seller", "sellerChain", "imageUrl", "detailUrl", "components", "bundleItems", "attachments",
          "attachmentOfferings", "offerings", "priceTags", "availability", "measurementUnit", "unitMultiplier", "manufacturerCode", "priceDefinition");
  private static final List<String> LISTS = List.of("assemblies", "components", "bundleItems", "attachments", "attachmentOfferings", "offerings", "priceTags");
  private static final List<String> LOGISTICS =
      List.of("itemIndex", "selectedSla", "selectedDeliveryChannel", "addressId", "slas", "shipsTo", "itemId", "deliveryChannels", "price", "listPrice", "shippingEstimate",
          "dockEstimate", "shippingEstimateDate", "lockTTL", "deliveryCompany", "polygonName", "transitTime", "sellingPrice", "deliveryIds", "deliveryWindow", "pickupPointId",
          "pickupStoreInfo", "pickupDistance");
  private static final List<String> LOGISTICS_LISTS = List.of("slas", "shipsTo", "deliveryChannels", "deliveryIds");

  private final Wish wish;
  private final ChangePlan plan;

  ChangeShape(Wish wish, ChangePlan plan) {
    this.wish = wish;
    this.plan = plan;
  }

  /** Puts {@code add}, {@code remove} and {@code replace} into a change's document; null where there is none. */
  void into(Map<String, @Nullable Object> document) {
    document.put("add", first(Kind.ADD, part -> given(part, false)));
    document.put("remove", first(Kind.REMOVE, part -> items(taken(part))));
    var replaced = new ArrayList<Map<String, @Nullable Object>>();
    for (var part : wish.parts()) {
      if (part.kind() != Kind.REPLACE) continue;
      var from = new LinkedHashMap<String, @Nullable Object>();
      from.put("paymentData", noPayments());
      from.put("items", taken(part));
      from.put("shippingData", shipping(List.of()));
      var replace = new LinkedHashMap<String, @Nullable Object>();
      replace.put("from", from);
      replace.put("to", given(part, true));
      replaced.add(replace);
    }
    document.put("replace", replaced.isEmpty() ? null : replaced);
  }

  /** For {@code changesAttachment}: what went, over all parts. */
  List<Map<String, @Nullable Object>> removed() {
    return plan.taken().stream()
        .map(
            pieces -> {
              var taken = wish.request().taken().get(pieces.wanted());
              return attached(pieces, taken.atPrice() ? taken.wanted().price() : null);
            })
        .toList();
  }

  /** For {@code changesAttachment}: what came, over all parts. */
  List<Map<String, @Nullable Object>> added() {
    return plan.given().stream().map(p -> attached(p, null)).toList();
  }

  private interface Show {
    Map<String, @Nullable Object> of(Part part);
  }

  private @Nullable Map<String, @Nullable Object> first(Kind kind, Show show) {
    return wish.parts().stream().filter(p -> p.kind() == kind && (p.takenEnd() > p.taken() || p.givenEnd() > p.given())).findFirst().map(show::of).orElse(null);
  }

  private List<Map<String, @Nullable Object>> taken(Part part) {
    return plan.taken().stream().filter(p -> part.hasTaken(p.wanted())).map(this::brief).toList();
  }

  private Map<String, @Nullable Object> given(Part part, boolean isReplacement) {
    var mine = plan.given().stream().filter(p -> part.hasGiven(p.wanted())).toList();
    var shown = new LinkedHashMap<String, @Nullable Object>();
    shown.put("items", mine.stream().map(this::whole).toList());
    if (isReplacement) {
      shown.put("paymentData", noPayments());
      shown.put("receiptData", null);
    }
    shown.put("shippingData", shipping(logistics(mine)));
    return shown;
  }

  /** Entries of these items alone, each with the index of its item beside it. */
  private List<Map<String, @Nullable Object>> logistics(List<Ledger.Pieces> mine) {
    var shown = new ArrayList<Map<String, @Nullable Object>>();
    for (int i = 0; i < mine.size(); i++) {
      long line = mine.get(i).itemIndex();
      var change = plan.effect().logistics().stream().filter(l -> l.get("itemIndex") instanceof Number n && n.longValue() == line).findFirst();
      if (change.isEmpty()) continue;
      var entry = template(LOGISTICS, LOGISTICS_LISTS, change.get());
      entry.put("itemIndex", (long) i);
      entry.put("itemId", item(mine.get(i)).get("id"));
      if (entry.get("listPrice") == null) entry.put("listPrice", entry.get("price"));
      shown.add(entry);
    }
    return shown;
  }

  private Map<String, @Nullable Object> brief(Ledger.Pieces pieces) {
    var shown = template(BRIEF, List.of(), item(pieces));
    shown.put("quantity", pieces.quantity());
    return shown;
  }

  private Map<String, @Nullable Object> whole(Ledger.Pieces pieces) {
    var shown = template(WHOLE, LISTS, item(pieces));
    shown.put("quantity", pieces.quantity());
    shown.put("sellerChain", Collections.singletonList(shown.get("seller")));
    if (shown.get("productCategories") == null) shown.put("productCategories", Map.of());
    return shown;
  }

  private Map<String, @Nullable Object> attached(Ledger.Pieces pieces, @Nullable Long price) {
    var item = item(pieces);
    var shown = new LinkedHashMap<String, @Nullable Object>();
    shown.put("id", item.get("id"));
    shown.put("name", item.get("name"));
    shown.put("quantity", pieces.quantity());
    shown.put("price", price == null ? item.get("price") : price);
    shown.put("unitMultiplier", item.get("unitMultiplier"));
    return shown;
  }

  private Map<String, @Nullable Object> item(Ledger.Pieces pieces) {
    return plan.items().get(pieces.itemIndex());
  }

  private static Map<String, @Nullable Object> template(List<String> names, List<String> lists, Map<String, @Nullable Object> fields) {
    var shown = new LinkedHashMap<String, @Nullable Object>();
    for (var name : names) shown.put(name, fields.get(name) == null && lists.contains(name) ? List.of() : fields.get(name));
    return shown;
  }

  private static Map<String, @Nullable Object> items(List<Map<String, @Nullable Object>> items) {
    var shown = new LinkedHashMap<String, @Nullable Object>();
    shown.put("items", items);
    return shown;
  }

  private static Map<String, @Nullable Object> shipping(List<Map<String, @Nullable Object>> logistics) {
    var shown = new LinkedHashMap<String, @Nullable Object>();
    shown.put("logisticsInfo", logistics);
    return shown;
  }

  private static Map<String, @Nullable Object> noPayments() {
    var shown = new LinkedHashMap<String, @Nullable Object>();
    shown.put("transactions", List.of());
    return shown;
  }
}
