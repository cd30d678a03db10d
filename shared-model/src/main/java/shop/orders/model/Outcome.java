package shop.orders.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of a command, read off its order's events.
 *
 * @param reason why it was refused, if somebody said so; null otherwise
 * @param events what it wrote, and after that what decided it if it had to wait; empty if it wrote nothing
 */
public record Outcome(Kind kind, @Nullable String reason, List<OrderEvent> events) {
  /** While an order stands in one of these, somebody has yet to agree to its cancellation. */
  private static final Set<OrderStatus> UNDECIDED =
      EnumSet.of(OrderStatus.REQUEST_CANCEL, OrderStatus.CANCELLATION_REQUESTED, OrderStatus.WAITING_FOR_SELLER_DECISION);

  /** How it ended, if it ended. */
  public enum Kind {
    DONE("done"),
    /** Written, and waiting for somebody's consent. */
    PENDING("pending"),
    /** Written, and not consented to. */
    REFUSED("refused"),
    /** Nothing of it is in the order. */
    NOT_DONE("not-done");

    private final String wire;

    Kind(String wire) {
      this.wire = wire;
    }

    /** The name on the wire. */
    public String wire() {
      return wire;
    }
  }

  public Outcome {
    events = List.copyOf(events);
  }

  /** What became of the command of that id. */
  public static Outcome of(Order order, UUID command) {
    var own = order.events().stream().filter(e -> e.commandId().equals(command)).toList();
    if (own.isEmpty()) return new Outcome(Kind.NOT_DONE, null, own);
    if (own.stream().anyMatch(e -> e.change() instanceof Change.CancelAsked)) return ofCancellation(order, own);
    for (var event : own) if (event.change() instanceof Change.ChangeRequested request) return ofChange(order, own, request);
    return new Outcome(Kind.DONE, null, own);
  }

  /** A change that costs more waits until it is paid. */
  private static Outcome ofChange(Order order, List<OrderEvent> own, Change.ChangeRequested request) {
    for (var event : order.events()) {
      if (!(event.change() instanceof Change.ChangeSettled settled) || !settled.requestId().equals(request.requestId())) continue;
      var events = own.contains(event) ? own : Stream.concat(own.stream(), Stream.of(event)).toList();
      boolean done = settled.outcome() == Change.ChangeOutcome.DONE;
      return new Outcome(done ? Kind.DONE : Kind.REFUSED, done ? null : settled.why(), events);
    }
    return new Outcome(Kind.PENDING, null, own);
  }

  /** Asked for, it waits until the order leaves the statuses of waiting: canceled, or by any other way, which is a refusal. */
  private static Outcome ofCancellation(Order order, List<OrderEvent> own) {
    var last = own.get(own.size() - 1);
    if (last.status() == OrderStatus.CANCEL && order.status() == OrderStatus.CANCEL) return new Outcome(Kind.PENDING, null, own); // its seller is being told
    if (!UNDECIDED.contains(last.status())) return new Outcome(Kind.DONE, null, own);
    var deciding = order.events().stream().filter(e -> e.version() > last.version() && !UNDECIDED.contains(e.status())).findFirst();
    if (deciding.isEmpty()) return new Outcome(Kind.PENDING, null, own);
    var decided = order.events().stream().filter(e -> e.version() > last.version() && e.commandId().equals(deciding.get().commandId())).toList();
    var events = Stream.concat(own.stream(), decided.stream()).toList();
    boolean canceled = decided.stream().anyMatch(e -> e.status() == OrderStatus.CANCEL || e.status() == OrderStatus.CANCELED);
    return canceled ? new Outcome(Kind.DONE, null, events) : new Outcome(Kind.REFUSED, reason(decided), events);
  }

  private static @Nullable String reason(List<OrderEvent> decided) {
    for (var event : decided) {
      if (event.change() instanceof Change.CancelDenied denied) return denied.reason();
      if (event.change() instanceof Change.Moved moved && moved.reason() != null) return moved.reason();
      if (event.change() instanceof Change.Invoiced) return "the order was invoiced";
    }
    return decided.stream().anyMatch(e -> e.status() == OrderStatus.INVOICE) ? "the order was invoiced" : null;
  }
}
