package shop.orders.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The document an order was placed with, as the public API shapes it: known fields only, presence and nulls as they were sent. It is
 * carried, not computed with, so it stays a tree of JSON values ({@code Map}, {@code List}, {@code String}, {@code Number}, {@code
 * Boolean}, null); what the product does compute with has typed access here. Immutable.
 */
public final class OrderDocument {
  /** Fields whose content is ours: what a sender puts there is ignored. */
  public static final Set<String> SERVER_OWNED =
      Set.of(
          "orderId", "sequence", "sellerOrderId", "origin", "status", "workflowIsInError", "statusDescription", "creationDate", "lastChange",
          "orderGroup", "hostname", "isCompleted", "allowCancellation", "allowEdition", "authorizedDate", "invoicedDate", "cancelReason",
          "cancellationData", "cancellationRequests", "packageAttachment", "changesAttachment");

  /** What every document since 2017 has, with what stands there when the sender left it out. */
  private static final Map<String, @Nullable Object> ALWAYS = always();

  private final Map<String, @Nullable Object> fields;

  private OrderDocument(Map<String, @Nullable Object> fields) {
    this.fields = Collections.unmodifiableMap(fields);
  }

  /**
   * Takes a document as a checkout sends it. Unknown and server-owned fields are dropped, fields that every document has are added.
   *
   * @throws InvalidDocument if a field that matters is missing or wrong: no items, no SKU id, a quantity below 1, a negative amount
   */
  public static OrderDocument placed(Map<?, ?> document) {
    var theirs = new LinkedHashMap<Object, @Nullable Object>(document);
    theirs.keySet().removeAll(SERVER_OWNED);
    var accepted = DocumentShape.accept(theirs);
    var ordered = new LinkedHashMap<String, @Nullable Object>();
    for (var name : DocumentShape.topLevel()) {
      if (accepted.containsKey(name)) ordered.put(name, accepted.get(name));
      else if (ALWAYS.containsKey(name)) ordered.put(name, ALWAYS.get(name));
    }
    var placed = new OrderDocument(ordered);
    placed.check();
    return placed;
  }

  /**
   * Keeps a document of another system as it is, fields unknown here included: what was true there need not be asked for here.
   *
   * @throws InvalidDocument if what the product computes with is missing or wrong, as in {@link #placed}
   */
  static OrderDocument kept(Map<String, @Nullable Object> document) {
    var kept = new OrderDocument(document);
    kept.check();
    return kept;
  }

  /** A document that was {@linkplain #placed taken} before and is read back. */
  public static OrderDocument stored(Map<String, @Nullable Object> fields) {
    return new OrderDocument(fields);
  }

  /** The JSON tree. */
  public Map<String, @Nullable Object> fields() {
    return fields;
  }

  /** Total in cents. */
  public long value() {
    return number(fields.get("value"));
  }

  /** The order's lines, in order. */
  public List<Item> items() {
    return objects(fields.get("items")).stream()
        .map(
            i ->
                new Item(
                    String.valueOf(i.get("id")),
                    text(i.get("seller")),
                    text(i.get("name")),
                    number(i.get("quantity")),
                    number(i.get("price")),
                    i.get("sellingPrice") == null ? number(i.get("price")) : number(i.get("sellingPrice"))))
        .toList();
  }

  /** Payments over all active transactions, in order. */
  public List<Payment> payments() {
    return objects(at("paymentData", "transactions")).stream()
        .filter(t -> !Boolean.FALSE.equals(t.get("isActive")))
        .flatMap(
            t ->
                objects(t.get("payments")).stream()
                    .map(
                        p ->
                            new Payment(
                                text(t.get("transactionId")), text(p.get("id")), text(p.get("paymentSystemName")), text(p.get("group")), number(p.get("value")))))
        .toList();
  }

  /**
   * Whether every line is another seller's.
   *
   * @param own names of the account, beside {@code 1} and none at all; null ones count as no name
   */
  public boolean isSoldByOthers(@Nullable String... own) {
    var names = Arrays.asList(own);
    return items().stream().allMatch(i -> i.seller() != null && !i.seller().equals("1") && !names.contains(i.seller()));
  }

  /** Whether somebody has to approve the order before it is paid: it carries a policy that says so. */
  public boolean needsApproval() {
    return fields.get("authorizationPolicyData") instanceof List<?> policies && !policies.isEmpty();
  }

  /** The seller of its first line; a checkout makes an order per seller. */
  public @Nullable String seller() {
    return items().stream().findFirst().map(Item::seller).orElse(null);
  }

  /** The value at a path of object fields; null if any of them is absent, null, or not an object. */
  public @Nullable Object at(String... path) {
    Object value = fields;
    for (var name : path) {
      if (!(value instanceof Map<?, ?> map)) return null;
      value = map.get(name);
    }
    return value;
  }

  /** The scalar at a path of object fields as text; null if there is none. */
  public @Nullable String textAt(String... path) {
    return text(at(path));
  }

  /**
   * One line.
   *
   * @param id of the SKU; several lines may have the same
   * @param price list of one unit in cents
   * @param sellingPrice of one unit in cents
   */
  public record Item(String id, @Nullable String seller, @Nullable String name, long quantity, long price, long sellingPrice) {}

  /** One payment; {@code value} in cents. */
  public record Payment(@Nullable String transactionId, @Nullable String id, @Nullable String systemName, @Nullable String group, long value) {}

  /** The objects of a JSON list; empty if it is none. */
  @SuppressWarnings("unchecked") // JSON objects have text keys
  public static List<Map<String, @Nullable Object>> objects(@Nullable Object list) {
    if (!(list instanceof List<?> values)) return List.of();
    var objects = new ArrayList<Map<String, @Nullable Object>>();
    for (var value : values) if (value instanceof Map<?, ?> map) objects.add((Map<String, @Nullable Object>) map);
    return objects;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OrderDocument document && fields.equals(document.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return "OrderDocument[" + items().size() + " items, " + value() + "]";
  }

  private void check() {
    if (fields.get("value") == null) throw new InvalidDocument("value", "is required, in cents");
    amount(fields.get("value"), "value");
    var items = objects(fields.get("items"));
    if (items.isEmpty()) throw new InvalidDocument("items", "must have at least one item");
    for (int i = 0; i < items.size(); i++) {
      var at = "items[" + i + "].";
      var id = text(items.get(i).get("id"));
      if (id == null || id.isBlank()) throw new InvalidDocument(at + "id", "is required");
      if (amount(items.get(i).get("quantity"), at + "quantity") < 1) throw new InvalidDocument(at + "quantity", "must be 1 or more");
      amount(items.get(i).get("price"), at + "price");
      amount(items.get(i).get("sellingPrice"), at + "sellingPrice");
    }
    for (var transaction : objects(at("paymentData", "transactions"))) {
      if (Boolean.FALSE.equals(transaction.get("isActive"))) continue;
      for (var payment : objects(transaction.get("payments"))) amount(payment.get("value"), "paymentData.transactions[].payments[].value");
    }
  }

  /** A whole number of zero or more; null counts as zero. */
  private static long amount(@Nullable Object value, String field) {
    long number = value == null ? 0 : DocumentShape.wholeNumber(value, field);
    if (number < 0) throw new InvalidDocument(field, "must not be negative, was " + number);
    return number;
  }

  static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  static @Nullable String text(@Nullable Object value) {
    return value == null || value instanceof Map || value instanceof List ? null : String.valueOf(value);
  }

  private static Map<String, @Nullable Object> always() {
    var always = new LinkedHashMap<String, @Nullable Object>();
    for (var name :
        List.of(
            "marketplaceServicesEndpoint", "merchantName", "followUpEmail", "lastMessage", "orderFormId", "customData", "commercialConditionData",
            "openTextField", "callCenterOperatorData", "paymentData", "shippingData", "ratesAndBenefitsData", "marketingData", "giftRegistryData",
            "clientProfileData")) {
      always.put(name, null);
    }
    always.put("marketplaceOrderId", "");
    always.put("affiliateId", "");
    always.put("salesChannel", "1");
    always.put("roundingError", 0L);
    always.put("totals", List.of());
    always.put("sellers", List.of());
    always.put("marketplaceItems", List.of());
    return always;
  }
}
