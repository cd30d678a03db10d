package shop.orders.model;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Change.ChangeOutcome;
import shop.orders.model.Change.ChangeRequested;
import shop.orders.model.Change.ChangeSettled;

/** The changes asked of an order, from its events alone. */
public final class ChangeRequests {
  private ChangeRequests() {}

  /** Where a request stands. The system acknowledges it in the decision that records it, so no one is ever seen waiting for that. */
  public enum State {
    /** It costs the customer more: somebody must say that this was paid. */
    WAITING_CONFIRMATION("waiting-confirmation"),
    DONE("done"),
    CANCELED("canceled");

    private final String wire;

    State(String wire) {
      this.wire = wire;
    }

    public String wire() {
      return wire;
    }
  }

  /**
   * One request.
   *
   * @param commandId of the command that recorded it
   * @param settledAt null while it waits, and where the order's end settled it
   * @param why it was canceled, for people; null if nobody said
   */
  public record Asked(ChangeRequested asked, UUID commandId, Instant at, State state, @Nullable Instant settledAt, @Nullable String why) {}

  /** All of them, oldest first. */
  public static List<Asked> of(Order order) {
    var all = new LinkedHashMap<String, Asked>();
    for (var event : order.events()) {
      if (event.change() instanceof ChangeRequested asked) {
        // What still waits when the order ends has nothing left to change.
        var state = order.status().isFinal() ? State.CANCELED : State.WAITING_CONFIRMATION;
        all.put(asked.requestId(), new Asked(asked, event.commandId(), event.at(), state, null, null));
      } else if (event.change() instanceof ChangeSettled settled) {
        all.computeIfPresent(settled.requestId(), (id, a) -> new Asked(a.asked, a.commandId, a.at, state(settled.outcome()), event.at(), settled.why()));
      }
    }
    return List.copyOf(all.values());
  }

  public static Optional<Asked> find(Order order, String requestId) {
    return of(order).stream().filter(a -> a.asked().requestId().equals(requestId)).findFirst();
  }

  /** The one that waits for confirmation; there is never a second. */
  public static Optional<Asked> waiting(Order order) {
    return of(order).stream().filter(a -> a.state() == State.WAITING_CONFIRMATION).findFirst();
  }

  /** What the changes that were done do to the order, oldest first. @throws IllegalArgumentException if a change's document is missing */
  static List<ChangeEffect> effects(Order order, Map<String, Map<String, @Nullable Object>> documents) {
    return of(order).stream().filter(a -> a.state() == State.DONE).map(a -> effect(order, a, documents)).toList();
  }

  /** What a change does to the order, done or not. @throws IllegalArgumentException if its document is missing */
  public static ChangeEffect effect(Order order, Asked asked, Map<String, Map<String, @Nullable Object>> documents) {
    var document = documents.get(asked.asked().documentRev());
    if (document == null) throw new IllegalArgumentException("order " + order.key() + " has no document " + asked.asked().documentRev());
    return ChangeEffect.of(document);
  }

  private static State state(ChangeOutcome outcome) {
    return outcome == ChangeOutcome.DONE ? State.DONE : State.CANCELED;
  }
}
