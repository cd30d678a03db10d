package shop.orders.localstack.partners;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.localstack.client.Answer;
import shop.orders.localstack.client.OrderView;
import shop.orders.localstack.replay.WantedEnd;

/**
 * Takes orders through the seller's part: starts handling, invoices the whole value in one package, cancels what is to be canceled, and
 * agrees to every cancellation asked of it. What to do next is read off the order alone, never off the event, so that
 * events may be late, doubled or out of order, and a call whose answer was lost is not made up for twice.
 */
final class Erp implements FeedHandler {
  static final List<String> STATUSES = List.of("ready-for-handling", "cancellation-requested");

  private static final Logger LOG = LoggerFactory.getLogger(Erp.class);
  private static final int LOOKS = 5;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final Orders orders;
  private final Patience patience;
  private final Clock clock;

  Erp(Orders orders, Patience patience, Clock clock) {
    this.orders = orders;
    this.patience = patience;
    this.clock = clock;
  }

  private enum Next { START_HANDLING, INVOICE, CANCEL, LOOK_AGAIN, NOTHING }

  @Override
  public boolean handle(FeedEvent event) throws IOException, InterruptedException {
    for (int looks = 1; looks <= LOOKS; looks++) {
      var order = orders.read(event.orderId());
      if (done(order)) return true;
      patience.pause(BETWEEN_LOOKS.multipliedBy(looks));
    }
    return false;
  }

  /** @return false to look at the order again: something refused, or the order is about to move by itself */
  private boolean done(OrderView order) throws IOException, InterruptedException {
    var wanted = WantedEnd.of(order);
    var next = next(order, wanted);
    if (next == Next.START_HANDLING) {
      if (!took(order, "start-handling", orders.startHandling(order.orderId()))) return false;
      next = wanted == WantedEnd.HANDLING ? Next.NOTHING : Next.INVOICE;
    }
    return switch (next) {
      case INVOICE -> took(order, "invoice", orders.invoice(order.orderId(), Invoices.whole(order, clock.instant())));
      case CANCEL -> took(order, "cancel", orders.cancel(order.orderId(), Map.of("reason", "Out of stock", "requestedByUser", false)));
      case LOOK_AGAIN -> false;
      case NOTHING, START_HANDLING -> true;
    };
  }

  private static Next next(OrderView order, WantedEnd wanted) {
    return switch (String.valueOf(order.status())) {
      case "cancellation-requested" -> Next.CANCEL;
      case "ready-for-handling" -> switch (wanted) {
        case CANCELED -> Next.CANCEL;
        case PAYMENT_PENDING, READY -> Next.NOTHING;
        case HANDLING, INVOICED, SHIPPED, DELIVERED -> Next.START_HANDLING;
      };
      case "handling" -> switch (wanted) {
        case CANCELED -> Next.CANCEL;
        case PAYMENT_PENDING, READY, HANDLING -> Next.NOTHING;
        case INVOICED, SHIPPED, DELIVERED -> Next.INVOICE;
      };
      // on their way from one resting place to the next
      case "window-to-cancel", "start-handling", "invoice", "cancel" -> Next.LOOK_AGAIN;
      default -> Next.NOTHING;
    };
  }

  /** A refusal mostly means that it is done already: by our own earlier call, or by a person. The next look tells. */
  private static boolean took(OrderView order, String what, Answer answer) {
    if (!answer.ok()) LOG.info("order {}: {} answered {}", order.orderId(), what, answer.summary());
    return answer.ok();
  }
}
