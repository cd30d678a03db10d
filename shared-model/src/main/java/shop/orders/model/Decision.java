package shop.orders.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Change.Moved;

/**
 * Collects the events of one command on one order: several statuses that need no answer from outside are one decision, written
 * together. Not for several threads.
 */
public final class Decision {
  private final OrderKey key;
  private final @Nullable Order before;
  private final Flow flow;
  private final UUID commandId;
  private final Instant at;
  private final String by;
  private final List<OrderEvent> events = new ArrayList<>();

  private Decision(OrderKey key, @Nullable Order before, Flow flow, UUID commandId, Instant at, String by) {
    this.key = key;
    this.before = before;
    this.flow = flow;
    this.commandId = commandId;
    this.at = shown(at);
    this.by = by;
  }

  /** Begins a new order. */
  public static Decision place(OrderKey key, Change.Placed placed, UUID commandId, Instant at, String by) {
    return begin(placed.flow().first(), key, placed, commandId, at, by);
  }

  /** Begins an order in one of its flow's {@linkplain Flow#beginnings() beginnings}. @throws IllegalTransition if it is none */
  public static Decision begin(OrderStatus first, OrderKey key, Change.Placed placed, UUID commandId, Instant at, String by) {
    return new Decision(key, null, placed.flow(), commandId, at, by).move(first, placed);
  }

  /** Takes an order over from another system, in the status it had there. */
  public static Decision take(OrderKey key, ImportedOrder order, UUID commandId, Instant at, String by) {
    var decision = new Decision(key, null, order.change().flow(), commandId, at, by);
    decision.events.add(new OrderEvent(1, commandId, at, by, order.domain(), null, null, order.status(), order.change()));
    return decision;
  }

  /**
   * Begins a change of {@code order}. Time grows from command to command within an order, so that a moment names one state of it: an
   * {@code at} that is not after its last change is taken as the microsecond after that.
   */
  public static Decision on(Order order, UUID commandId, Instant at, String by) {
    var earliest = shown(order.changedAt()).plus(1, ChronoUnit.MICROS);
    return new Decision(order.key(), order, order.flow(), commandId, at.isBefore(earliest) ? earliest : at, by);
  }

  /** Whole microseconds: documents show them in full, and clients of every language read them in full. */
  private static Instant shown(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS);
  }

  /** Enters {@code status}. @throws IllegalTransition if the flow has no such edge */
  public Decision move(OrderStatus status) {
    return move(status, new Moved(null));
  }

  /** Enters {@code status} and says with what. @throws IllegalTransition if the flow has no such edge */
  public Decision move(OrderStatus status, Change change) {
    var allowed = flow.next(status());
    if (!allowed.contains(status)) throw new IllegalTransition(key, status(), status, allowed);
    events.add(new OrderEvent(version() + 1, commandId, at, by, flow.domainOf(status, domain()), status(), statusSince(), status, change));
    return this;
  }

  /** Records a change that leaves the status as it is. */
  public Decision record(Change change) {
    var status = status();
    var domain = domain();
    if (status == null || domain == null) throw new IllegalStateException("order " + key + " is not placed");
    events.add(new OrderEvent(version() + 1, commandId, at, by, domain, status, statusSince(), status, change));
    return this;
  }

  public OrderKey key() {
    return key;
  }

  public UUID commandId() {
    return commandId;
  }

  public Instant at() {
    return at;
  }

  /** When the order came to be: long ago, if it was taken over from another system. */
  public Instant createdAt() {
    if (before != null) return before.createdAt();
    return events.get(0).change() instanceof Change.Imported imported ? imported.createdAt() : at;
  }

  /** What was decided, in order; empty if nothing is to be written. */
  public List<OrderEvent> events() {
    return List.copyOf(events);
  }

  /** The order as it was; null for a new one. */
  public @Nullable Order before() {
    return before;
  }

  /** The version the order must still have when this is written; 0 for a new order. */
  public long baseVersion() {
    return before == null ? 0 : before.version();
  }

  /** The fence the order must still have; 0 for a new order, unless a crashed attempt raised it (the store tells). */
  public long epoch() {
    return before == null ? 0 : before.epoch();
  }

  /** Where the order will stand. */
  public @Nullable OrderStatus status() {
    return events.isEmpty() ? before == null ? null : before.status() : events.get(events.size() - 1).status();
  }

  /** The order once this is written. */
  public Order result() {
    return before == null ? Order.fold(key, 0, events) : before.with(events);
  }

  private @Nullable Instant statusSince() {
    if (events.stream().anyMatch(OrderEvent::isTransition)) return at;
    return before == null ? null : before.statusSince();
  }

  private @Nullable Domain domain() {
    return events.isEmpty() ? before == null ? null : before.domain() : events.get(events.size() - 1).domain();
  }

  private long version() {
    return baseVersion() + events.size();
  }
}
