package shop.orders.model;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What every item of a shown order has, for items that come with little: absent fields are null, absent lists empty. */
public final class BlankItem {
  private BlankItem() {}

  /** A new map, to be filled; amounts that nobody tells are 0, the seller is the account itself. */
  public static Map<String, @Nullable Object> fields() {
    var blank = new LinkedHashMap<String, @Nullable Object>();
    for (var name : List.of("uniqueId", "id", "productId", "ean", "lockId", "itemAttachment", "attachments", "quantity", "seller", "name", "refId", "price",
        "listPrice", "manualPrice", "priceTags", "imageUrl", "detailUrl", "components", "bundleItems", "params", "offerings", "sellerSku", "priceValidUntil",
        "commission", "tax", "preSaleDate", "additionalInfo", "measurementUnit", "unitMultiplier", "sellingPrice", "isGift", "shippingPrice", "rewardValue",
        "freightCommission", "priceDefinition", "taxCode", "parentItemIndex", "parentAssemblyBinding", "assemblies")) {
      blank.put(name, null);
    }
    for (var name : List.of("attachments", "priceTags", "components", "bundleItems", "params", "offerings", "assemblies")) blank.put(name, List.of());
    for (var name : List.of("commission", "tax", "rewardValue", "freightCommission")) blank.put(name, 0L);
    blank.put("isGift", false);
    blank.put("seller", "1");
    return blank;
  }

  /** 32 upper-case hexadecimal digits, the same for the same seed. */
  public static String uniqueId(String seed) {
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString().replace("-", "").toUpperCase(Locale.ROOT);
  }
}
