package shop.orders.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Change.InvoiceType;

/**
 * One order as its events left it: the fold of them, immutable. The placed document and the packages' documents are read apart, since
 * most decisions do not need them.
 */
public final class Order {
  private static final Set<OrderStatus> WAITING_FOR_CONSENT = EnumSet.of(OrderStatus.CANCELLATION_REQUESTED, OrderStatus.REQUEST_CANCEL);
  private static final Set<OrderStatus> ASKS_FOR_CONSENT = EnumSet.of(OrderStatus.CANCELLATION_REQUESTED, OrderStatus.WAITING_FOR_SELLER_DECISION);

  private final OrderKey key;
  private final long epoch;
  private final List<OrderEvent> events;
  private final Change.Origin placed;

  private Order(OrderKey key, long epoch, List<OrderEvent> events) {
    this.key = key;
    this.epoch = epoch;
    this.events = List.copyOf(events);
    this.placed = (Change.Origin) events.get(0).change();
  }

  /**
   * @param epoch the fence of the order's partition, 0 if it was never raised
   * @param events all of them, by version from 1 without gap
   * @throws IllegalArgumentException if versions have a gap or the first event is not a {@link Change.Origin}
   */
  public static Order fold(OrderKey key, long epoch, List<OrderEvent> events) {
    if (events.isEmpty() || !(events.get(0).change() instanceof Change.Origin)) {
      throw new IllegalArgumentException("order " + key + " does not begin with how it came to be");
    }
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).version() != i + 1) {
        throw new IllegalArgumentException("order " + key + ": event " + events.get(i).version() + " stands where " + (i + 1) + " belongs");
      }
    }
    return new Order(key, epoch, events);
  }

  public OrderKey key() {
    return key;
  }

  /** Fence against batches that come too late; part of the condition of every write. */
  public long epoch() {
    return epoch;
  }

  /** The number of events; grows with every change. */
  public long version() {
    return last().version();
  }

  public Flow flow() {
    return placed.flow();
  }

  public OrderStatus status() {
    return last().status();
  }

  public Domain domain() {
    return last().domain();
  }

  /** How it came to be. */
  public Change.Origin placed() {
    return placed;
  }

  /** All events, oldest first. */
  public List<OrderEvent> events() {
    return events;
  }

  /** What it brought with it, if it was taken over from another system. */
  public Optional<Change.Imported> imported() {
    return placed instanceof Change.Imported imported ? Optional.of(imported) : Optional.empty();
  }

  /** Whether it stands where another system left it for good: the workflow does nothing with it by itself until somebody moves it. */
  public boolean isHistory() {
    return imported().filter(i -> !i.live() && moves().isEmpty()).isPresent();
  }

  /** {@code Marketplace}, {@code Fulfillment} or {@code Chain}. */
  public String origin() {
    return imported().map(Change.Imported::origin).orElse(flow().origin());
  }

  public Instant createdAt() {
    return imported().map(Change.Imported::createdAt).orElse(events.get(0).at());
  }

  public Instant changedAt() {
    return imported().filter(i -> version() == 1).map(Change.Imported::changedAt).orElse(last().at());
  }

  /** When it entered its present status. */
  public Instant statusSince() {
    var moves = moves();
    if (!moves.isEmpty()) return moves.get(moves.size() - 1).at();
    return imported().map(Change.Imported::statusSince).orElse(events.get(0).at());
  }

  /** When it first entered {@code status}. */
  public Optional<Instant> entered(OrderStatus status) {
    var elsewhere = imported().map(i -> i.entered().get(status.wire()));
    return elsewhere.isPresent() ? elsewhere : enteredHere(status);
  }

  /** When it first entered {@code status} after it came here. */
  Optional<Instant> enteredHere(OrderStatus status) {
    var here = imported().isPresent() ? moves() : events;
    return here.stream().filter(e -> e.isTransition() && e.status() == status).map(OrderEvent::at).findFirst();
  }

  /** When its payment was approved, or its fulfillment authorized where the payment is another's: the document's {@code authorizedDate}. */
  public Optional<Instant> authorizedAt() {
    var elsewhere = imported().map(Change.Imported::authorizedAt);
    return elsewhere.isPresent() ? elsewhere : authorizedHere();
  }

  Optional<Instant> authorizedHere() {
    return enteredHere(OrderStatus.PAYMENT_APPROVED).or(() -> enteredHere(OrderStatus.AUTHORIZE_FULFILLMENT));
  }

  /** When it was invoiced whole: the document's {@code invoicedDate}. */
  public Optional<Instant> invoicedAt() {
    var elsewhere = imported().map(Change.Imported::invoicedAt);
    return elsewhere.isPresent() ? elsewhere : enteredHere(OrderStatus.INVOICED);
  }

  /** What it costs now, in cents: as placed, with every change that was done. */
  public long value() {
    return placed.value() + ChangeRequests.of(this).stream().filter(c -> c.state() == ChangeRequests.State.DONE).mapToLong(c -> c.asked().totalChange()).sum();
  }

  /** One invoice of the order; {@code value} in cents. */
  public record Invoice(String number, InvoiceType type, long value) {}

  /** Its invoices, oldest first. */
  public List<Invoice> invoices() {
    return Stream.concat(
            imported().stream().flatMap(i -> i.packages().stream()).map(p -> new Invoice(p.invoiceNumber(), p.invoiceType(), p.value())),
            changes(Change.Invoiced.class).stream().map(i -> new Invoice(i.number(), i.invoiceType(), i.value())))
        .toList();
  }

  /** Sum of the sales invoices in cents. */
  public long invoicedValue() {
    return invoices().stream().filter(i -> i.type() == InvoiceType.Output).mapToLong(Invoice::value).sum();
  }

  /**
   * By invoice number, when the carrier delivered its package, as it wrote it; empty text if it did not say when. Packages on their way
   * are not in it.
   */
  public Map<String, String> deliveries() {
    var delivered = new LinkedHashMap<String, String>();
    imported().ifPresent(i -> i.packages().stream().filter(p -> p.delivered() != null).forEach(p -> delivered.put(p.invoiceNumber(), p.delivered())));
    for (var event : events) {
      if (!(event.change() instanceof Change.Tracked tracked)) continue;
      if (tracked.delivered()) {
        delivered.put(tracked.invoiceNumber(), Objects.requireNonNullElse(tracked.deliveredDate(), VtexDates.list(event.at())));
      } else {
        delivered.remove(tracked.invoiceNumber()); // the carrier took it back
      }
    }
    return delivered;
  }

  /** The cancellation asked for last, if any: by whoever wanted it, not by who agreed to it, unless it was asked for before the order came here. */
  public Optional<OrderEvent> cancellation() {
    var asked = events.stream().filter(e -> e.change() instanceof Change.CancelAsked).toList();
    return asked.stream().filter(e -> !isConsent(e)).reduce((a, b) -> b).or(() -> asked.stream().reduce((a, b) -> b));
  }

  private static boolean isConsent(OrderEvent event) {
    var from = event.lastStatus();
    return event.status() == OrderStatus.CANCEL && from != null && ASKS_FOR_CONSENT.contains(from);
  }

  /**
   * A cancellation that somebody had to agree to.
   *
   * @param id 32 hexadecimal digits
   * @param deniedAt null unless the seller refused
   */
  public record CancellationRequest(String id, Instant at, @Nullable String reason, boolean byUser, @Nullable Instant deniedAt, @Nullable String denyReason) {}

  /** Requests for a cancellation, oldest first. */
  public List<CancellationRequest> cancellationRequests() {
    var requests = new ArrayList<CancellationRequest>();
    for (var event : events) {
      if (event.change() instanceof Change.CancelAsked asked && WAITING_FOR_CONSENT.contains(event.status())) {
        requests.add(new CancellationRequest(event.receipt(), event.at(), asked.reason(), asked.byUser(), null, null));
      } else if (event.change() instanceof Change.CancelDenied denied && !requests.isEmpty()) {
        var last = requests.remove(requests.size() - 1);
        requests.add(new CancellationRequest(last.id, last.at, last.reason, last.byUser, event.at(), denied.reason()));
      }
    }
    return requests;
  }

  /** Whether its checkout completed it: false for one that is not an order yet, and one that ended before it was. */
  public boolean isComplete() {
    return events.get(0).status() != OrderStatus.INCOMPLETE || events.stream().anyMatch(e -> e.status() == flow().first());
  }

  /** The request for a cancellation that waits for the seller's word. */
  public Optional<OrderEvent> openCancellation() {
    return ASKS_FOR_CONSENT.contains(status()) ? cancellation() : Optional.empty();
  }

  /** The outside seller that is told of the order, if there is one. */
  public Optional<String> toldSeller() {
    var changed = changes(Change.SellerChanged.class);
    if (!changed.isEmpty()) return Optional.of(changed.get(changed.size() - 1)).filter(Change.SellerChanged::told).map(Change.SellerChanged::seller);
    return placed instanceof Change.Placed here ? Optional.ofNullable(here.seller()) : Optional.empty();
  }

  /**
   * Outside sellers that took the order, were replaced, and do not know it yet; by the moment they were replaced. Empty for nearly all orders.
   */
  public Map<String, Instant> replacedSellers() {
    if (changes(Change.SellerChanged.class).isEmpty()) return Map.of();
    var replaced = new LinkedHashMap<String, Instant>();
    var current = placed instanceof Change.Placed here ? here.seller() : null;
    boolean hasIt = false;
    for (var event : events) {
      if (event.change() instanceof Change.SellerAnswered said && said.call() == Change.SellerCall.PLACE) hasIt = said.seller().equals(current);
      else if (event.change() instanceof Change.CancelAsked asked && asked.bySeller()) hasIt = false; // it gave the order back itself
      else if (event.change() instanceof Change.SellerLeft left) replaced.remove(left.seller());
      else if (event.change() instanceof Change.SellerChanged changed) {
        if (hasIt && current != null) replaced.put(current, event.at());
        current = changed.seller();
        hasIt = false;
        replaced.remove(current);
      }
    }
    return replaced;
  }

  /** What the present outside seller answered to {@code call}, if it did; a cancellation is told each time one is asked for. */
  public Optional<Change.SellerAnswered> answered(Change.SellerCall call) {
    var seller = toldSeller();
    for (int i = events.size() - 1; i >= 0; i--) {
      var change = events.get(i).change();
      if (change instanceof Change.SellerChanged) return Optional.empty(); // also if it is the same one again
      if (call == Change.SellerCall.CANCEL && change instanceof Change.CancelAsked) return Optional.empty();
      if (change instanceof Change.SellerAnswered a && a.call() == call && seller.equals(Optional.of(a.seller()))) return Optional.of(a);
    }
    return Optional.empty();
  }

  /** Why the workflow cannot go on by itself until somebody has it tried again. */
  public Optional<String> error() {
    for (int i = events.size() - 1; i >= 0; i--) {
      var change = events.get(i).change();
      if (change instanceof Change.TriedAgain) return Optional.empty();
      if (change instanceof Change.Failed failed) return failed.permanent() ? Optional.of(failed.message()) : Optional.empty();
      if (events.get(i).isTransition()) return Optional.empty();
    }
    return Optional.empty();
  }

  /** Whether a step failed that is tried again by itself. */
  public boolean isInRetry() {
    return status() == OrderStatus.ORDER_CREATE_ERROR;
  }

  /** Whether whoever has to act was reminded since the order stands where it does. */
  public boolean isReminded() {
    for (int i = events.size() - 1; i >= 0; i--) {
      if (events.get(i).change() instanceof Change.Reminded) return true;
      if (events.get(i).isTransition()) return false;
    }
    return false;
  }

  /** When it last entered {@code status}. */
  public Optional<Instant> lastEntered(OrderStatus status) {
    var here = moves().stream().filter(e -> e.status() == status).map(OrderEvent::at).reduce((earlier, later) -> later);
    return here.isPresent() ? here : entered(status);
  }

  /** What the antifraud provider said last, if it was asked. */
  public Optional<Change.AntifraudAnswered> antifraud() {
    var answers = changes(Change.AntifraudAnswered.class);
    return answers.isEmpty() ? Optional.empty() : Optional.of(answers.get(answers.size() - 1));
  }

  /** When the antifraud provider said something last, if it was asked. */
  public Optional<Instant> antifraudAnsweredAt() {
    return events.stream().filter(e -> e.change() instanceof Change.AntifraudAnswered).map(OrderEvent::at).reduce((earlier, later) -> later);
  }

  /** How the last mail about it begins, if there was one since it came here. */
  public Optional<String> lastMessage() {
    return changes(Change.MessageSent.class).stream().reduce((earlier, later) -> later).map(Change.MessageSent::firstWords);
  }

  /** Events' changes of one kind, oldest first. */
  public <T extends Change> List<T> changes(Class<T> kind) {
    return events.stream().map(OrderEvent::change).filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The order as it was when it had that version; empty if it never had it. */
  public Optional<Order> at(long version) {
    return version < 1 || version > version() ? Optional.empty() : Optional.of(new Order(key, epoch, events.subList(0, (int) version)));
  }

  /**
   * The order as it was at that moment; empty if it was not yet there. What one command wrote came all at once. An order taken over from
   * another system is known from its last change there on.
   */
  public Optional<Order> at(Instant moment) {
    long version = events.stream().takeWhile(e -> !changedAt(e).isAfter(moment)).count();
    return at(version);
  }

  private Instant changedAt(OrderEvent event) {
    return event.change() instanceof Change.Imported imported ? imported.changedAt() : event.at();
  }

  /** The order after {@code more}. */
  Order with(List<OrderEvent> more) {
    var all = new ArrayList<>(events);
    all.addAll(more);
    return fold(key, epoch, all);
  }

  /** Events by which it entered a status, its first aside. */
  private List<OrderEvent> moves() {
    return events.stream().skip(1).filter(OrderEvent::isTransition).toList();
  }

  private OrderEvent last() {
    return events.get(events.size() - 1);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Order o && key.equals(o.key) && epoch == o.epoch && events.equals(o.events);
  }

  @Override
  public int hashCode() {
    return key.hashCode() * 31 + events.size();
  }

  @Override
  public String toString() {
    return "Order[" + key + " v" + version() + " " + status() + "]";
  }
}
