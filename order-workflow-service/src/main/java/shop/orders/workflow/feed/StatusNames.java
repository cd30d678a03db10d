package shop.orders.workflow.feed;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.springframework.stereotype.Component;
import shop.orders.model.OrderStatus;
import shop.orders.web.ApiError;

/** Whether the statuses of a filter are any. A feed with a mistyped one stays silent for ever, and nobody knows why. */
@Component
class StatusNames {
  /** How the public documentation misspells some, in its samples even: connectors copied them, and mean the right ones. */
  private static final Map<String, String> DOCUMENTED =
      Map.of("order-completed", "on-order-completed", "cancelation-request", "cancellation-requested", "ready-for-invoice", "ready-for-invoicing");

  private final FeedProperties properties;

  StatusNames(FeedProperties properties) {
    this.properties = properties;
  }

  /** @throws ApiError 400 naming the first that is none, and the one that was probably meant */
  void check(Collection<String> statuses) {
    if (properties.checkStatuses()) statuses.forEach(StatusNames::check);
  }

  /** The status that is meant. */
  static String right(String status) {
    return DOCUMENTED.getOrDefault(status, status);
  }

  private static void check(String sent) {
    var status = right(sent);
    if (status.equals(OrderStatus.INCOMPLETE.wire())) throw invalid(status + " is no status: feeds do not hear of orders that are not complete.");
    if (OrderStatus.of(status).isEmpty()) throw invalid(shown(status) + " is no status; did you mean " + nearest(status) + "?");
  }

  private static String nearest(String status) {
    var typed = status.strip().toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
    return Stream.of(OrderStatus.values())
        .filter(s -> s != OrderStatus.INCOMPLETE)
        .map(OrderStatus::wire)
        .min(Comparator.comparingInt(name -> LevenshteinDistance.getDefaultInstance().apply(cut(typed), name)))
        .orElseThrow();
  }

  /** Longer than any status, and no longer. */
  private static String cut(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60);
  }

  private static String shown(String status) {
    return status.isBlank() ? "An empty text" : cut(status);
  }

  private static ApiError invalid(String message) {
    return ApiError.invalid("Filter.Status", message);
  }
}
