package shop.orders.systemtest.load;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import shop.orders.localstack.imports.Life;
import shop.orders.localstack.replay.Dice;
import shop.orders.model.OrderStatus;

/** Invents what becomes of an order, and shows how far that has come by a certain moment: old orders are at their end, new ones anywhere. */
final class Lives {
  private static final Duration UNPAID_FOR = Duration.ofDays(5);
  private static final Duration CONSENT = Duration.ofHours(12);
  private static final Duration ANSWERED_AT_ONCE = Duration.ofSeconds(1);

  private final Instant until;

  Lives(Instant until) {
    this.until = until;
  }

  /** @param slowPayment whether it is paid at a bank, days later */
  Life any(Instant created, boolean slowPayment, int promisedDays, Dice dice) {
    var promised = created.plus(Duration.ofDays(promisedDays));
    var approved = created.plus(slowPayment ? between(dice, Duration.ofHours(2), Duration.ofHours(60)) : between(dice, Duration.ofSeconds(20), Duration.ofMinutes(40)));
    double share = dice.share();
    if (share < 0.03) return unpaid(created, promised);
    if (share < 0.055) return canceled(created, approved, promised, dice);
    var handled = approved.plus(between(dice, Duration.ofMinutes(45), Duration.ofHours(20)));
    var carried = handled.plus(between(dice, Duration.ofHours(2), Duration.ofHours(70)));
    var delivered = carried.plus(between(dice, Duration.ofHours(18), Duration.ofDays(12)));
    boolean lost = dice.chance(0.005);
    var arrived = lost ? null : reached(delivered);
    return new Life(
        onTheWay(approved, handled, carried), created, reached(approved), reached(handled), reached(carried), arrived, arrived != null, null, promised, null);
  }

  private Life unpaid(Instant created, Instant promised) {
    var expired = created.plus(UNPAID_FOR);
    return isPast(expired)
        ? new Life(OrderStatus.CANCELED, created, null, null, null, null, false, expired, promised, "Pagamento não realizado")
        : new Life(OrderStatus.PAYMENT_PENDING, created, null, null, null, null, false, null, promised, null);
  }

  /** By the seller, or by the shopper with the seller's consent half a day later. */
  private Life canceled(Instant created, Instant approved, Instant promised, Dice dice) {
    var asked = approved.plus(between(dice, Duration.ofMinutes(40), Duration.ofHours(30)));
    var done = asked.plus(dice.chance(0.5) ? CONSENT : ANSWERED_AT_ONCE);
    if (isPast(done)) return new Life(OrderStatus.CANCELED, created, approved, null, null, null, false, done, promised, "Cliente desistiu da compra");
    if (isPast(asked)) return new Life(OrderStatus.CANCELLATION_REQUESTED, created, approved, null, null, null, false, asked, promised, null);
    return new Life(onTheWay(approved, until, until), created, reached(approved), null, null, null, false, null, promised, null);
  }

  private OrderStatus onTheWay(Instant approved, Instant handled, Instant carried) {
    if (isPast(carried)) return OrderStatus.INVOICED;
    if (isPast(handled)) return OrderStatus.HANDLING;
    if (isPast(approved.plus(Life.PAUSE))) return OrderStatus.READY_FOR_HANDLING;
    return isPast(approved) ? OrderStatus.WINDOW_TO_CANCEL : OrderStatus.PAYMENT_PENDING;
  }

  private @Nullable Instant reached(Instant at) {
    return isPast(at) ? at : null;
  }

  private boolean isPast(Instant at) {
    return at.isBefore(until);
  }

  /** Short times are likelier than long ones. */
  private static Duration between(Dice dice, Duration least, Duration most) {
    double share = dice.share();
    return least.plusMillis((long) (share * share * most.minus(least).toMillis()));
  }
}
