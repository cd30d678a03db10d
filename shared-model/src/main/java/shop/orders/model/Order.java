package shop.orders.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Change.InvoiceType;

/**
 * One order as its events left it: the fold of them, immutable. The placed document and the packages' documents are read apart, since
 * most decisions do not need them.
 */
public final class Order {
  private final OrderKey key;
  private final long epoch;
  private final List<OrderEvent> events;
  private final Change.Placed placed;

  private Order(OrderKey key, long epoch, List<OrderEvent> events) {
    this.key = key;
    this.epoch = epoch;
    this.events = List.copyOf(events);
    this.placed = (Change.Placed) events.get(0).change();
  }

  /**
   * @param epoch the fence of the order's partition, 0 if it was never raised
   * @param events all of them, by version from 1 without gap
   * @throws IllegalArgumentException if versions have a gap or the first event is not {@link Change.Placed}
   */
  public static Order fold(OrderKey key, long epoch, List<OrderEvent> events) {
    if (events.isEmpty() || !(events.get(0).change() instanceof Change.Placed)) {
      throw new IllegalArgumentException("order " + key + " does not begin with its placement");
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
  public Change.Placed placed() {
    return placed;
  }

  /** All events, oldest first. */
  public List<OrderEvent> events() {
    return events;
  }

  public Instant createdAt() {
    return events.get(0).at();
  }

  public Instant changedAt() {
    return last().at();
  }

  /** When it entered its present status. */
  public Instant statusSince() {
    return events.stream().filter(OrderEvent::isTransition).reduce((a, b) -> b).orElseThrow().at();
  }

  /** When it first entered {@code status}. */
  public Optional<Instant> entered(OrderStatus status) {
    return events.stream().filter(e -> e.isTransition() && e.status() == status).map(OrderEvent::at).findFirst();
  }

  /** Packages with their invoices, oldest first. */
  public List<Change.Invoiced> invoices() {
    return changes(Change.Invoiced.class);
  }

  /** Sum of the sales invoices in cents. */
  public long invoicedValue() {
    return invoices().stream().filter(i -> i.invoiceType() == InvoiceType.Output).mapToLong(Change.Invoiced::value).sum();
  }

  /** The cancellation asked for last, if any. */
  public Optional<OrderEvent> cancellation() {
    return events.stream().filter(e -> e.change() instanceof Change.CancelAsked).reduce((a, b) -> b);
  }

  /** What the antifraud provider said last, if it was asked. */
  public Optional<Change.AntifraudAnswered> antifraud() {
    var answers = changes(Change.AntifraudAnswered.class);
    return answers.isEmpty() ? Optional.empty() : Optional.of(answers.get(answers.size() - 1));
  }

  /** Events' changes of one kind, oldest first. */
  public <T extends Change> List<T> changes(Class<T> kind) {
    return events.stream().map(OrderEvent::change).filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The order after {@code more}. */
  Order with(List<OrderEvent> more) {
    var all = new ArrayList<>(events);
    all.addAll(more);
    return fold(key, epoch, all);
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
