package shop.orders.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Change.Imported;
import shop.orders.model.Change.InvoiceType;
import shop.orders.model.Change.Parcel;

/**
 * An order of another system: its document in the shape of {@code GET /api/oms/pvt/orders/{orderId}}, kept to the letter, and what is read off it.
 *
 * @param document every field as it came, known here or not
 */
public record ImportedOrder(String orderId, OrderStatus status, Domain domain, OrderDocument document, Imported change) {
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

  /** What of an order stands in its event is bounded: conditional writes are to be small. */
  private static final int MOST_PACKAGES = 1_000;

  private static final int LONGEST = 200;

  /** A checkout's order that stands here is shipped by the same account. */
  private static final Set<OrderStatus> OF_FULFILLMENT =
      EnumSet.of(
          OrderStatus.WINDOW_TO_CANCEL, OrderStatus.READY_FOR_HANDLING, OrderStatus.START_HANDLING, OrderStatus.HANDLING,
          OrderStatus.READY_FOR_INVOICING, OrderStatus.WAITING_FOR_FULFILLMENT, OrderStatus.CANCELLATION_REQUESTED);

  /**
   * Reads a document.
   *
   * @param account that takes it
   * @param documentRev the revision its document will be kept under
   * @param live whether it goes on here by itself, see {@link Imported}
   * @throws InvalidDocument if something the product must know is missing or makes no sense
   */
  public static ImportedOrder of(Map<String, @Nullable Object> sent, String account, String documentRev, boolean live, Instant now) {
    var document = OrderDocument.kept(sent);
    var orderId = document.textAt("orderId");
    if (orderId == null || !OrderKey.isOrderId(orderId)) throw new InvalidDocument("orderId", "is required, 1 to 200 characters");
    var status = status(document.textAt("status"));
    var origin = Objects.requireNonNullElse(shortText(document.textAt("origin"), "origin"), "Marketplace");
    var dates = Dates.of(document, status, isElsewhere(origin), now);
    var flow = flow(document, origin, account, status, dates.entered);
    var change =
        new Imported(
            flow,
            documentRev,
            document.value(),
            Objects.requireNonNullElse(shortText(document.textAt("sequence"), "sequence"), ""),
            shortText(document.textAt("orderGroup"), "orderGroup"),
            origin,
            live,
            dates.created,
            dates.changed,
            dates.statusSince,
            dates.authorized,
            dates.invoiced,
            dates.entered,
            packages(document));
    return new ImportedOrder(orderId, status, domain(flow, status, dates.entered), document, change);
  }

  private static OrderStatus status(@Nullable String name) {
    if (name == null || name.isBlank()) return OrderStatus.INCOMPLETE;
    return OrderStatus.of(name).orElseThrow(() -> new InvalidDocument("status", "is not a status of orders: " + DocumentShape.abridged(name)));
  }

  /** One in whose table the status stands: no order is to be taken over into a place that it could not leave. */
  private static Flow flow(OrderDocument document, String origin, String account, OrderStatus status, Map<String, Instant> entered) {
    var likely = likelyFlow(document, origin, account, status, entered);
    return Stream.of(likely, Flow.COMPLETE, Flow.SOLD_BY_OTHERS, Flow.SOLD_ELSEWHERE).filter(flow -> flow.statuses().contains(status)).findFirst().orElse(likely);
  }

  private static Flow likelyFlow(OrderDocument document, String origin, String account, OrderStatus status, Map<String, Instant> entered) {
    if (isElsewhere(origin)) return Flow.SOLD_ELSEWHERE;
    if (origin.equalsIgnoreCase("Chain")) return Flow.CHAIN;
    if (isFulfilled(status, entered)) return Flow.COMPLETE;
    return document.isSoldByOthers(account, document.textAt("hostname")) ? Flow.SOLD_BY_OTHERS : Flow.COMPLETE;
  }

  private static boolean isElsewhere(String origin) {
    return origin.equalsIgnoreCase("Fulfillment");
  }

  private static Domain domain(Flow flow, OrderStatus status, Map<String, Instant> entered) {
    return switch (flow) {
      case SOLD_ELSEWHERE -> Domain.FULFILLMENT;
      case SOLD_BY_OTHERS -> Domain.MARKETPLACE;
      case CHAIN -> Domain.CHAINED;
      case COMPLETE -> isFulfilled(status, entered) || status == OrderStatus.INVOICED || status == OrderStatus.INVOICE ? Domain.FULFILLMENT : Domain.MARKETPLACE;
    };
  }

  private static boolean isFulfilled(OrderStatus status, Map<String, Instant> entered) {
    return OF_FULFILLMENT.contains(status) || OF_FULFILLMENT.stream().anyMatch(s -> entered.containsKey(s.wire()));
  }

  private static List<Parcel> packages(OrderDocument document) {
    var packages = new ArrayList<Parcel>();
    for (var one : OrderDocument.objects(document.at("packageAttachment", "packages"))) {
      var number = shortText(OrderDocument.text(one.get("invoiceNumber")), "packageAttachment.packages[].invoiceNumber");
      if (number == null || number.isBlank()) continue;
      if (packages.size() == MOST_PACKAGES) throw new InvalidDocument("packageAttachment.packages", "must be at most " + MOST_PACKAGES);
      var value = one.get("invoiceValue") == null ? 0 : DocumentShape.wholeNumber(one.get("invoiceValue"), "packageAttachment.packages[].invoiceValue");
      packages.add(new Parcel(number, "Input".equalsIgnoreCase(OrderDocument.text(one.get("type"))) ? InvoiceType.Input : InvoiceType.Output, value, delivered(one)));
    }
    return packages;
  }

  private static @Nullable String delivered(Map<String, @Nullable Object> one) {
    if (!(one.get("courierStatus") instanceof Map<?, ?> courier) || !Boolean.TRUE.equals(courier.get("finished"))) return null;
    return Objects.requireNonNullElse(shortText(OrderDocument.text(courier.get("deliveredDate")), "packageAttachment.packages[].courierStatus.deliveredDate"), "");
  }

  private static @Nullable String shortText(@Nullable String text, String field) {
    if (text != null && text.length() > LONGEST) throw new InvalidDocument(field, "must have at most " + LONGEST + " characters");
    return text;
  }

  /** When what happened over there, as far as the document says. */
  private record Dates(
      Instant created, Instant changed, Instant statusSince, @Nullable Instant authorized, @Nullable Instant invoiced, Map<String, Instant> entered) {

    static Dates of(OrderDocument document, OrderStatus status, boolean soldElsewhere, Instant now) {
      var latest = now.plus(CLOCKS_DIFFER);
      var created = date(document, latest, "creationDate");
      if (created == null) throw new InvalidDocument("creationDate", "is required");
      var authorized = date(document, latest, "authorizedDate");
      var invoiced = date(document, latest, "invoicedDate");
      var canceled = status == OrderStatus.CANCELED ? date(document, latest, "cancellationData", "CancellationDate") : null;
      var entered = new LinkedHashMap<String, Instant>();
      var since = timeline(document, status, latest, entered);
      var authorizedBy = soldElsewhere ? OrderStatus.AUTHORIZE_FULFILLMENT : OrderStatus.PAYMENT_APPROVED;
      if (authorized == null) authorized = entered.get(authorizedBy.wire());
      if (invoiced == null) invoiced = entered.get(OrderStatus.INVOICED.wire());

      var changed = date(document, latest, "lastChange");
      if (changed == null) changed = last(created, authorized, invoiced, canceled, since);
      if (since == null) since = status == OrderStatus.INVOICED && invoiced != null ? invoiced : canceled != null ? canceled : changed;
      entered.putIfAbsent(status.wire(), since);
      if (authorized != null) entered.putIfAbsent(authorizedBy.wire(), authorized);
      return new Dates(created, notAfter(now, changed), notAfter(now, since), authorized, invoiced, entered);
    }

    /** Fills {@code entered} from {@code workflowData}. @return when it last entered {@code status}; null if that is not told */
    private static @Nullable Instant timeline(OrderDocument document, OrderStatus status, Instant latest, Map<String, Instant> entered) {
      @Nullable Instant since = null;
      for (var instance : OrderDocument.objects(document.at("workflowData", "instances"))) {
        for (var step : OrderDocument.objects(instance.get("timeLine"))) {
          var name = OrderDocument.text(step.get("stepName"));
          var at = date(step.get("date"), "workflowData.instances[].timeLine[].date", latest);
          if (name == null || at == null || OrderStatus.of(name).isEmpty()) continue; // a step of theirs that is no status stays in the document
          entered.merge(name, at, (one, other) -> one.isBefore(other) ? one : other);
          if (name.equals(status.wire()) && (since == null || since.isBefore(at))) since = at;
        }
      }
      return since;
    }

    /** Clocks over there may be ahead; what happens here goes on from now. */
    private static Instant notAfter(Instant now, Instant at) {
      return at.isAfter(now) ? now : at;
    }

    private static Instant last(Instant created, @Nullable Instant... others) {
      var last = created;
      for (var other : others) if (other != null && other.isAfter(last)) last = other;
      return last;
    }

    private static @Nullable Instant date(OrderDocument document, Instant latest, String... path) {
      return date(document.at(path), String.join(".", path), latest);
    }

    /** Null also for the year 1, by which some systems say that there is no date. */
    private static @Nullable Instant date(@Nullable Object value, String field, Instant latest) {
      if (value == null || value.equals("")) return null;
      var at = VtexDates.read(value).orElseThrow(() -> new InvalidDocument(field, "must be a date like 2016-10-05T10:31:49.0000000+00:00, was " + DocumentShape.abridged(value)));
      if (at.isBefore(Instant.parse("1900-01-01T00:00:00Z"))) return null;
      if (at.isBefore(EARLIEST) || at.isAfter(latest)) throw new InvalidDocument(field, "must lie between the year 2000 and now, was " + DocumentShape.abridged(value));
      return at;
    }
  }
}
