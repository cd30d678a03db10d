package shop.orders.systemtest.load;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import shop.orders.localstack.imports.Life;
import shop.orders.localstack.imports.PastOrder;
import shop.orders.localstack.replay.Basket;
import shop.orders.localstack.replay.Baskets;
import shop.orders.localstack.replay.Dice;
import shop.orders.localstack.replay.OrderDocuments;
import shop.orders.localstack.replay.WantedEnd;
import shop.orders.model.ImportedOrder;
import shop.orders.model.OrderKey;

/**
 * Years of invented orders as documents of a shop that was. An order depends on the seed, its number and the settings here alone, and
 * any number of them is a fair sample of all. Safe for use by many threads.
 */
final class PastOrders {
  /** Seeds and numbers share the thirteen digits of an order's group. */
  static final long MOST_SEEDS = 9_000;

  static final long MOST_ORDERS = 1_000_000_000;
  private static final int HUGE = 2_000;

  private final long seed;
  private final Shops shops;
  private final SalesCalendar calendar;
  private final Lives lives;
  private final Instant until;

  /**
   * @param seed 0 to {@link #MOST_SEEDS}, that one excluded
   * @param until the first day without orders
   */
  PastOrders(long seed, LocalDate until, int years, Shops shops) {
    this.seed = seed;
    this.shops = shops;
    this.until = until.atStartOfDay(SalesCalendar.ZONE).toInstant();
    calendar = new SalesCalendar(until, years);
    lives = new Lives(this.until);
  }

  /** @param commandId the same for the same order: writing it again is known for what it is */
  record PastOrderImport(OrderKey key, UUID commandId, ImportedOrder order) {}

  /** @param number 0 to {@link #MOST_ORDERS}, that one excluded */
  PastOrderImport order(long number) {
    var dice = new Dice(seed, number);
    var account = shops.any(dice);
    var created = calendar.any(dice);
    var source = "load-" + seed + "-" + number;
    var basket = Baskets.any(source, WantedEnd.DELIVERED, null, lineCount(dice), dice);
    var life = lives.any(created, isPaidAtABank(basket), basket.businessDays() * 7 / 5 + 3, dice);
    var identity = new PastOrder.Identity(account, String.valueOf((1_000 + seed) * MOST_ORDERS + number), String.valueOf(seed * MOST_ORDERS + 500_000 + number));
    var document = OrderDocuments.plan(basket.endingAs(end(life)), dice, created).document();
    PastOrder.write(document, identity, life);
    var revision = id(source + "/document").toString();
    return new PastOrderImport(
        new OrderKey(account, identity.orderId()), id(source + "/command"), ImportedOrder.of(JsonTrees.map(document), account, revision, false, until));
  }

  /** 65 of 100 have one line, most others a few; one of 100,000 has {@value #HUGE}. About two on average. */
  private static int lineCount(Dice dice) {
    double share = dice.share();
    if (share < 0.65) return 1;
    if (share < 0.97) return dice.skewed(2, 4);
    if (share < 0.9975) return dice.skewed(5, 20);
    if (share < 0.9995) return dice.skewed(21, 100);
    return share < 0.99999 ? dice.skewed(101, 500) : HUGE;
  }

  private static boolean isPaidAtABank(Basket basket) {
    return basket.payments().stream().anyMatch(payment -> payment.method() == Basket.Method.BOLETO);
  }

  private static WantedEnd end(Life life) {
    return switch (life.status()) {
      case INVOICED -> life.arrived() ? WantedEnd.DELIVERED : WantedEnd.SHIPPED;
      case CANCELED, CANCELLATION_REQUESTED -> WantedEnd.CANCELED;
      case HANDLING -> WantedEnd.HANDLING;
      case PAYMENT_PENDING -> WantedEnd.PAYMENT_PENDING;
      default -> WantedEnd.READY;
    };
  }

  private static UUID id(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
