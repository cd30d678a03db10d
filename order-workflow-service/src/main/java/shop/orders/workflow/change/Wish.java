package shop.orders.workflow.change;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shop.orders.model.ChangeRequest;

/**
 * A change as it was sent, whichever call it came by.
 *
 * @param kind {@code v1} or {@code v2}
 * @param parts which of the request's pieces were sent together
 * @param settings how it is to be carried out, as sent; null: the account's
 */
record Wish(String kind, @Nullable String reason, ChangeRequest request, List<Part> parts, @Nullable Map<String, @Nullable Object> settings) {

  /** How the parts of a request are called. */
  enum Kind {
    ADD,
    REMOVE,
    REPLACE
  }

  /** Some of the request's {@code taken} and {@code given}, by their first index and the one after the last. */
  record Part(Kind kind, int taken, int takenEnd, int given, int givenEnd) {
    boolean hasTaken(int index) {
      return index >= taken && index < takenEnd;
    }

    boolean hasGiven(int index) {
      return index >= given && index < givenEnd;
    }
  }
}
