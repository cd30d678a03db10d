package shop.orders.workflow.change;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shop.orders.model.ChangeRequest;
import shop.orders.model.ChangeRequest.Given;
import shop.orders.model.ChangeRequest.Taken;
import shop.orders.model.Ledger.Wanted;
import shop.orders.web.ApiError;
import shop.orders.workflow.action.Fields;
import shop.orders.workflow.change.Wish.Kind;
import shop.orders.workflow.change.Wish.Part;
import tools.jackson.databind.JsonNode;

/** Reads what the two calls send. One for each request. */
final class WishReader {
  private static final int MOST_ITEMS = 500;
  private static final BigDecimal LARGEST_MULTIPLIER = BigDecimal.valueOf(1_000_000);

  private static final List<String> ITEM_FIELDS = List.of("name", "measurementUnit", "seller", "refId", "ean", "productId", "imageUrl", "detailUrl");
  private static final List<String> SHIPPING_FIELDS =
      List.of("selectedSla", "selectedDeliveryChannel", "addressId", "shippingEstimate", "shippingEstimateDate", "lockTTL", "deliveryCompany", "pickupPointId", "polygonName");
  private static final List<String> CLIENT_FIELDS =
      List.of("email", "firstName", "lastName", "documentType", "document", "phone", "corporateName", "tradeName", "corporateDocument", "stateInscription", "corporatePhone",
          "isCorporate");

  private final List<Taken> taken = new ArrayList<>();
  private final List<Given> given = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private final List<Map<String, @Nullable Object>> customFields = new ArrayList<>();
  private final List<Map<String, @Nullable Object>> customFieldsGone = new ArrayList<>();
  private final Map<String, @Nullable Object> client = new LinkedHashMap<>();

  private WishReader() {}

  /** @throws ApiError 400 if it makes no sense */
  static Wish v1(JsonNode body) {
    if (!body.isObject()) throw ApiError.invalid("body", "The body must be a change of an order.");
    var reader = new WishReader();
    reader.part(
        Kind.REMOVE,
        () -> Fields.list(body, "itemsRemoved").forEach(item -> reader.taken.add(taken(item, true, false))),
        () -> {});
    reader.part(Kind.ADD, () -> {}, () -> Fields.list(body, "itemsAdded").forEach(item -> reader.given.add(given(item, null))));
    return reader.wish("v1", body, Fields.wholeNumber(body, "discountValue", 0), Fields.wholeNumber(body, "incrementValue", 0), null);
  }

  /** @throws ApiError 400 if it makes no sense */
  static Wish v2(JsonNode body) {
    if (!body.isObject()) throw ApiError.invalid("body", "The body must be a change of an order.");
    var reader = new WishReader();
    var remove = object(body, "remove");
    if (remove != null) reader.part(Kind.REMOVE, () -> reader.take(remove, false), () -> {});
    for (var replace : Fields.list(body, "replace")) {
      var from = object(replace, "from");
      var to = object(replace, "to");
      if (from == null && to == null) throw ApiError.invalid("replace", "The from and to fields of a replace are required.");
      boolean withShipping = to != null && object(to, "shippingData") != null;
      reader.part(
          Kind.REPLACE,
          () -> {
            if (from != null) reader.take(from, withShipping);
          },
          () -> {
            if (to != null) reader.give(to);
          });
    }
    var add = object(body, "add");
    if (add != null) reader.part(Kind.ADD, () -> {}, () -> reader.give(add));
    long discount = Fields.wholeNumber(body, "manualDiscountValue", 0);
    long increment = Fields.wholeNumber(body, "manualIncrementValue", 0);
    return reader.wish("v2", body, discount, increment, ChangeSettings.sent(object(body, "settings")));
  }

  private Wish wish(String kind, JsonNode body, long discount, long increment, @Nullable Map<String, @Nullable Object> settings) {
    if (taken.size() + given.size() > MOST_ITEMS) throw ApiError.invalid("items", "A change must have at most " + MOST_ITEMS + " items.");
    var request = new ChangeRequest(List.copyOf(taken), List.copyOf(given), discount, increment, List.copyOf(customFields), List.copyOf(customFieldsGone), client);
    return new Wish(kind, Fields.text(body, "reason"), request, List.copyOf(parts), settings);
  }

  private void part(Kind kind, Runnable takes, Runnable gives) {
    int takenBefore = taken.size();
    int givenBefore = given.size();
    takes.run();
    gives.run();
    parts.add(new Part(kind, takenBefore, taken.size(), givenBefore, given.size()));
  }

  private void take(JsonNode from, boolean withShipping) {
    for (var item : Fields.list(from, "items")) taken.add(taken(item, false, withShipping));
    customFields(from, customFieldsGone);
  }

  private void give(JsonNode to) {
    var items = Fields.list(to, "items");
    var logistics = logistics(to, items.size());
    for (int i = 0; i < items.size(); i++) {
      given.add(given(items.get(i), logistics.get(i)));
      client(items.get(i));
    }
    client(to);
    customFields(to, customFields);
  }

  private static Taken taken(JsonNode item, boolean atPrice, boolean withShipping) {
    var index = Fields.text(item, "itemIndex") == null ? null : (Long) Fields.wholeNumber(item, "itemIndex", 0);
    var uniqueId = Fields.text(item, "uniqueId");
    var id = uniqueId == null ? Fields.requiredText(item, "id") : Fields.text(item, "id");
    return new Taken(new Wanted(id, index, uniqueId, cents(item, "price"), quantity(item)), atPrice, withShipping);
  }

  private static Given given(JsonNode item, @Nullable Map<String, @Nullable Object> logistics) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    for (var name : ITEM_FIELDS) {
      var text = Fields.text(item, name);
      if (text != null) fields.put(name, text);
    }
    return new Given(
        Fields.requiredText(item, "id"),
        Fields.text(item, "uniqueId"),
        cents(item, "price"),
        cents(item, "sellingPrice"),
        multiplier(item),
        quantity(item),
        Fields.wholeNumber(item, "manualDiscountValue", 0),
        Fields.wholeNumber(item, "manualIncrementValue", 0),
        fields,
        logistics);
  }

  /** By index of the item in the same part. */
  private static Map<Integer, Map<String, @Nullable Object>> logistics(JsonNode to, int items) {
    var found = new LinkedHashMap<Integer, Map<String, @Nullable Object>>();
    var shipping = object(to, "shippingData");
    if (shipping == null) return found;
    for (var sent : Fields.list(shipping, "logisticsInfo")) {
      long index = Fields.wholeNumber(sent, "itemIndex", 0);
      if (index >= items) throw ApiError.invalid("logisticsInfo", "The itemIndex of a logisticsInfo must be that of an item beside it.");
      var fields = new LinkedHashMap<String, @Nullable Object>();
      for (var name : SHIPPING_FIELDS) {
        var text = Fields.text(sent, name);
        if (text != null) fields.put(name, text);
      }
      var price = cents(sent, "price");
      if (price != null) fields.put("price", price);
      found.put((int) index, fields);
    }
    return found;
  }

  private void client(JsonNode holder) {
    var sent = holder.path("clientProfileData");
    var told = sent.isArray() ? sent.path(0) : sent;
    if (told.isMissingNode() || told.isNull()) return;
    if (!told.isObject()) throw ApiError.invalid("clientProfileData", "The clientProfileData field must be an object.");
    for (var name : CLIENT_FIELDS) {
      if (!told.hasNonNull(name)) continue; // who says null says nothing about it
      client.put(name, told.path(name).isBoolean() ? (Object) told.path(name).asBoolean() : Fields.text(told, name));
    }
  }

  private static void customFields(JsonNode holder, List<Map<String, @Nullable Object>> into) {
    var custom = object(holder, "customData");
    if (custom == null) return;
    for (var group : Fields.list(custom, "customFields")) {
      var linked = object(group, "linkedEntity");
      var entity = new LinkedHashMap<String, @Nullable Object>();
      entity.put("type", linked == null ? null : Fields.text(linked, "type"));
      entity.put("id", linked == null ? null : Fields.text(linked, "id"));
      var fields = new ArrayList<Map<String, @Nullable Object>>();
      for (var field : Fields.list(group, "fields")) {
        var one = new LinkedHashMap<String, @Nullable Object>();
        one.put("name", Fields.requiredText(field, "name"));
        one.put("value", Fields.text(field, "value"));
        fields.add(one);
      }
      var shown = new LinkedHashMap<String, @Nullable Object>();
      shown.put("linkedEntity", entity);
      shown.put("fields", fields);
      into.add(shown);
    }
    if (into.size() > MOST_ITEMS) throw ApiError.invalid("customFields", "The customFields field must have at most " + MOST_ITEMS + " entries.");
  }

  private static @Nullable JsonNode object(JsonNode body, String name) {
    var value = body.path(name);
    if (value.isMissingNode() || value.isNull()) return null;
    if (!value.isObject()) throw ApiError.invalid(name, "The " + name + " field must be an object.");
    return value;
  }

  private static @Nullable Long cents(JsonNode item, String name) {
    return Fields.text(item, name) == null ? null : (Long) Fields.wholeNumber(item, name, 0);
  }

  private static long quantity(JsonNode item) {
    long quantity = Fields.wholeNumber(item, "quantity", 0);
    if (quantity < 1) throw ApiError.invalid("items", "The quantity of every item must be 1 or more.");
    return quantity;
  }

  private static @Nullable BigDecimal multiplier(JsonNode item) {
    var text = Fields.text(item, "unitMultiplier");
    if (text == null) return null;
    try {
      var number = text.length() > 20 ? BigDecimal.ZERO : new BigDecimal(text.strip());
      if (number.signum() > 0 && number.compareTo(LARGEST_MULTIPLIER) <= 0 && number.scale() <= 6) return number;
    } catch (NumberFormatException e) {
      throw ApiError.invalid("unitMultiplier", "The unitMultiplier field must be a number.");
    }
    throw ApiError.invalid("unitMultiplier", "The unitMultiplier field must be a number above 0, up to " + LARGEST_MULTIPLIER + ", with at most 6 decimals.");
  }
}
