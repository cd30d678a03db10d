package shop.orders.search.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Change;
import shop.orders.model.Change.InvoiceType;
import shop.orders.model.Order;
import shop.orders.model.OrderDocument;
import shop.orders.model.OrderStatus;
import shop.orders.model.OrderView;
import shop.orders.model.VtexDates;

/** Makes an order's index document from the order and its documents. Plain computation, no I/O; the same input gives the same document. */
final class OrderProjection {
  /**
   * Number of this program's way to make documents, 1 to 511. Raise it whenever the same order would give another document: a newer
   * projection overwrites an older one of the same order version, never the other way round.
   */
  static final int PROJECTION = 3;

  private static final int LONGEST_REASON = 500;

  private OrderProjection() {}

  /**
   * The whole document.
   *
   * @param documents by revision; the placed one must be among them
   * @throws IllegalArgumentException if the placed document is missing
   */
  static IndexDocument document(Order order, Map<String, Map<String, @Nullable Object>> documents) {
    var fields = documents.get(order.placed().documentRev());
    if (fields == null) throw new IllegalArgumentException("order " + order.key() + " has no document " + order.placed().documentRev());
    var shown = OrderDocument.stored(isAsPlaced(order) ? fields : OrderView.document(order, documents));
    var estimates = estimates(shown);
    return new IndexDocument(
        order.key().account(),
        order.key().orderId(),
        order.version(),
        PROJECTION,
        isComplete(order, shown) ? order.status().wire() : IndexDocument.INCOMPLETE,
        order.createdAt().toEpochMilli(),
        order.authorizedAt().map(Instant::toEpochMilli).orElse(null),
        order.invoicedAt().map(Instant::toEpochMilli).orElse(null),
        order.changedAt().toEpochMilli(),
        estimates.map(Instant::toEpochMilli).orElse(null),
        order.value(),
        units(shown),
        shown.textAt("storePreferencesData", "currencyCode"),
        order.origin(),
        shown.textAt("salesChannel"),
        shown.textAt("affiliateId"),
        texts(shown.at("sellers"), "id"),
        texts(shown.at("sellers"), "name"),
        paymentNames(shown),
        shown.textAt("marketingData", "utmSource"),
        shown.textAt("callCenterOperatorData", "userName"),
        texts(shown.at("ratesAndBenefitsData", "rateAndBenefitsIdentifiers"), "name"),
        order.invoices().stream().anyMatch(i -> i.type() == InvoiceType.Input),
        Boolean.TRUE.equals(shown.at("isCheckedIn")),
        distinct(shown.items().stream().filter(item -> item.quantity() > 0).map(OrderDocument.Item::id)),
        shown.textAt("giftRegistryData", "giftRegistryId"),
        distinct(shown.payments().stream().map(OrderDocument.Payment::id)),
        distinct(shown.payments().stream().map(OrderDocument.Payment::transactionId)),
        distinct(payments(shown).stream().map(p -> text(p.get("tid")))),
        distinct(payments(shown).stream().map(p -> p.get("connectorResponses") instanceof Map<?, ?> answers ? text(answers.get("nsu")) : null)),
        words(order, shown),
        custom(shown),
        null,
        null,
        row(order, shown, estimates));
  }

  /** Whether its items, its customer and who ships them are still those it was placed with; of nearly all orders they are. */
  private static boolean isAsPlaced(Order order) {
    return order.changes(Change.ChangeSettled.class).isEmpty() && order.changes(Change.SellerChanged.class).isEmpty();
  }

  /** What can be said without the placed document: enough to find the order by id, date, status and total. */
  static IndexDocument skeleton(Order order, String reason, Instant now) {
    var none = OrderDocument.stored(Map.of());
    return new IndexDocument(
        order.key().account(),
        order.key().orderId(),
        order.version(),
        PROJECTION,
        order.isComplete() ? order.status().wire() : IndexDocument.INCOMPLETE,
        order.createdAt().toEpochMilli(),
        order.authorizedAt().map(Instant::toEpochMilli).orElse(null),
        order.invoicedAt().map(Instant::toEpochMilli).orElse(null),
        order.changedAt().toEpochMilli(),
        null,
        order.value(),
        null,
        null,
        order.origin(),
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        List.of(),
        null,
        null,
        List.of(),
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Words.indexed(List.of(order.key().orderId(), order.placed().sequence())),
        Map.of(),
        reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON),
        now.toEpochMilli(),
        row(order, none, Optional.empty()));
  }

  private static boolean isComplete(Order order, OrderDocument shown) {
    return order.isComplete() && !(order.isHistory() && Boolean.FALSE.equals(shown.at("isCompleted")));
  }

  private static OrderRow row(Order order, OrderDocument shown, Optional<Instant> estimate) {
    var delivered = order.deliveries();
    var custom = OrderDocument.objects(shown.at("customData", "customFields"));
    return new OrderRow(
        order.key().orderId(),
        VtexDates.list(order.createdAt()),
        clientName(shown),
        null,
        order.value(),
        String.join(",", paymentNames(shown)),
        order.status().shown(),
        order.status().description(),
        emptyToNull(shown.textAt("marketplaceOrderId")),
        order.placed().sequence(),
        Objects.requireNonNullElse(shown.textAt("salesChannel"), ""),
        Objects.requireNonNullElse(shown.textAt("affiliateId"), ""),
        order.origin(),
        order.error().isPresent() || (order.version() == 1 && Boolean.TRUE.equals(shown.at("workflowIsInError"))),
        order.isInRetry(),
        order.lastMessage().orElseGet(() -> shown.textAt("lastMessage")),
        estimate.map(VtexDates::list).orElse(null),
        window(shown, "endDateUtc", (a, b) -> a.isAfter(b) ? a : b),
        window(shown, "startDateUtc", (a, b) -> a.isBefore(b) ? a : b),
        isComplete(order, shown),
        shown.textAt("giftRegistryData", "giftRegistryId"),
        shown.textAt("giftRegistryData", "giftRegistryType"),
        order.authorizedAt().map(VtexDates::list).orElse(null),
        shown.textAt("callCenterOperatorData", "userName"),
        units(shown),
        shown.textAt("storePreferencesData", "currencyCode"),
        order.key().account(),
        numbers(order, InvoiceType.Output),
        numbers(order, InvoiceType.Input),
        VtexDates.list(order.changedAt()),
        order.status() == OrderStatus.INVOICED && sales(order).stream().allMatch(i -> delivered.containsKey(i.number())),
        !delivered.isEmpty(),
        nullIfEmpty(texts(shown.at("paymentData", "giftCards"), "provider")),
        shown.textAt("orderFormId"),
        order.entered(OrderStatus.PAYMENT_APPROVED).map(VtexDates::list).orElse(null),
        order.entered(OrderStatus.READY_FOR_HANDLING).map(VtexDates::list).orElse(null),
        nullIfEmpty(delivered.values().stream().filter(at -> !at.isEmpty()).toList()),
        nullIfEmpty(distinct(custom.stream().flatMap(c -> OrderDocument.objects(c.get("fields")).stream()).map(f -> text(f.get("value"))))),
        List.copyOf(custom));
  }

  private static List<String> words(Order order, OrderDocument shown) {
    var texts = new ArrayList<@Nullable String>();
    texts.add(order.key().orderId());
    texts.add(order.placed().sequence());
    texts.add(shown.textAt("marketplaceOrderId"));
    for (var name : List.of("email", "firstName", "lastName", "document", "corporateName", "tradeName", "corporateDocument")) {
      texts.add(shown.textAt("clientProfileData", name));
    }
    for (var contact : OrderDocument.objects(shown.at("shippingData", "contactInformation"))) {
      for (var name : List.of("email", "firstName", "lastName", "phone", "document")) texts.add(text(contact.get(name)));
    }
    return Words.indexed(texts);
  }

  /** Whatever the account's apps put into the order, in one field however many names they use. */
  private static Map<String, @Nullable Object> custom(OrderDocument shown) {
    var apps = new LinkedHashMap<String, @Nullable Object>();
    for (var app : OrderDocument.objects(shown.at("customData", "customApps"))) {
      var id = text(app.get("id"));
      if (id != null && app.get("fields") instanceof Map<?, ?> fields) apps.put(id, fields);
    }
    var fields = new LinkedHashMap<String, @Nullable Object>();
    for (var entity : OrderDocument.objects(shown.at("customData", "customFields"))) {
      for (var field : OrderDocument.objects(entity.get("fields"))) {
        var name = text(field.get("name"));
        if (name != null) fields.put(name, field.get("value"));
      }
    }
    var custom = new LinkedHashMap<String, @Nullable Object>();
    if (!apps.isEmpty()) custom.put("apps", apps);
    if (!fields.isEmpty()) custom.put("fields", fields);
    return custom;
  }

  private static @Nullable String clientName(OrderDocument shown) {
    var name =
        Stream.of("firstName", "lastName")
            .map(part -> shown.textAt("clientProfileData", part))
            .filter(part -> part != null && !part.isBlank())
            .reduce((first, last) -> first + " " + last);
    return name.orElse(null);
  }

  private static long units(OrderDocument shown) {
    return shown.items().stream().mapToLong(OrderDocument.Item::quantity).sum();
  }

  private static List<String> paymentNames(OrderDocument shown) {
    return distinct(shown.payments().stream().map(OrderDocument.Payment::systemName));
  }

  private static List<Map<String, @Nullable Object>> payments(OrderDocument shown) {
    return OrderDocument.objects(shown.at("paymentData", "transactions")).stream()
        .flatMap(t -> OrderDocument.objects(t.get("payments")).stream())
        .toList();
  }

  /** The last line to arrive decides when the order is expected. */
  private static Optional<Instant> estimates(OrderDocument shown) {
    return OrderDocument.objects(shown.at("shippingData", "logisticsInfo")).stream()
        .flatMap(line -> VtexDates.read(line.get("shippingEstimateDate")).stream())
        .max(Instant::compareTo);
  }

  /** Bounds of scheduled delivery; null where nothing was scheduled. */
  private static @Nullable String window(OrderDocument shown, String bound, BinaryOperator<Instant> outer) {
    return OrderDocument.objects(shown.at("shippingData", "logisticsInfo")).stream()
        .flatMap(line -> line.get("deliveryWindow") instanceof Map<?, ?> window ? VtexDates.read(window.get(bound)).stream() : Stream.empty())
        .reduce(outer)
        .map(VtexDates::list)
        .orElse(null);
  }

  private static List<Order.Invoice> sales(Order order) {
    return order.invoices().stream().filter(i -> i.type() == InvoiceType.Output).toList();
  }

  private static @Nullable List<String> numbers(Order order, InvoiceType type) {
    return nullIfEmpty(order.invoices().stream().filter(i -> i.type() == type).map(Order.Invoice::number).toList());
  }

  private static List<String> texts(@Nullable Object list, String name) {
    return distinct(OrderDocument.objects(list).stream().map(each -> text(each.get(name))));
  }

  private static List<String> distinct(Stream<@Nullable String> texts) {
    Collection<String> distinct = new LinkedHashSet<>();
    texts.forEach(
        text -> {
          if (text != null && !text.isEmpty()) distinct.add(text);
        });
    return List.copyOf(distinct);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null || value instanceof Map || value instanceof List ? null : String.valueOf(value);
  }

  private static @Nullable String emptyToNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static @Nullable List<String> nullIfEmpty(List<String> list) {
    return list.isEmpty() ? null : list;
  }
}
