package shop.orders.localstack.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import shop.orders.localstack.replay.Basket.Line;
import shop.orders.localstack.replay.Basket.Method;
import shop.orders.localstack.replay.Basket.Payment;

/**
 * Makes orders that look like a shop's day: of any twenty in a row, from the first on, ten have one line, nine have 2 to 49 and one has 50 to 500;
 * most are to be delivered, a few end earlier or are canceled, by the ERP or by antifraud. The order of a number is the same for
 * the same seed and time, whether or not the ones before it were made. Safe for use by many threads.
 */
public final class OrderGenerator {
  private static final int BLOCK = 20;
  private static final List<String> WAREHOUSES = List.of("cajamar", "extrema", "recife", "serra");
  private static final List<String> COURIERS = List.of("Correios", "Rápido Paulista", "Sul Cargas");

  private final long seed;
  private final Instant now;
  private final @Nullable WantedEnd everyday;

  /** @param now promised dates are counted from it */
  public OrderGenerator(long seed, Instant now) {
    this(seed, now, null);
  }

  private OrderGenerator(long seed, Instant now, @Nullable WantedEnd everyday) {
    this.seed = seed;
    this.now = now;
    this.everyday = everyday;
  }

  /**
   * Sizes as most shops have them, for measuring: of a hundred orders 62 have one line, 20 two, 9 three, 8 have 4 to 12 and one 13 to 60. All
   * are to come to the same end.
   */
  public static OrderGenerator everyday(long seed, Instant now, WantedEnd end) {
    return new OrderGenerator(seed, now, end);
  }

  /** @param number from 0 */
  public PlannedOrder order(long number) {
    var dice = new Dice(seed, number);
    return OrderDocuments.plan(basket(number, dice), dice, now);
  }

  /** Orders 0 to {@code count - 1}, each made when it is asked for. */
  public Iterable<PlannedOrder> orders(long count) {
    return () -> new Iterator<>() {
      private long next;

      @Override
      public boolean hasNext() {
        return next < count;
      }

      @Override
      public PlannedOrder next() {
        if (!hasNext()) throw new NoSuchElementException();
        return order(next++);
      }
    };
  }

  private Basket basket(long number, Dice dice) {
    var fate = fate(dice);
    boolean discounted = dice.chance(0.25);
    var lines = new ArrayList<Line>();
    var warehouse = dice.pick(WAREHOUSES);
    var courier = dice.pick(COURIERS);
    for (int i = lineCount(number, dice); i > 0; i--) lines.add(line(dice, discounted, warehouse, courier));
    var city = People.anyCity(dice);
    var buyer = People.buyer(dice, city, People.postalCode(dice, city), fate.wish());
    var unpaid = new Basket("gen-" + seed + "-" + number, fate.end(), buyer, lines, List.of(), dice.between(1, 12),
        discounted ? "CUPOM" + dice.between(5, 30) : null, dice.chance(0.2) ? "semana-" + dice.between(1, 52) : null);
    return new Basket(unpaid.source(), unpaid.end(), buyer, lines, payments(dice, unpaid.value()), unpaid.businessDays(), unpaid.coupon(),
        unpaid.campaign());
  }

  /** @param wish for the stub antifraud provider */
  private record Fate(WantedEnd end, @Nullable String wish) {}

  private Fate fate(Dice dice) {
    double share = dice.share();
    if (everyday != null) return new Fate(everyday, null);
    // never "received": by default a service asks a provider again only after hours
    if (share < 0.88) return new Fate(WantedEnd.DELIVERED, null);
    if (share < 0.92) return new Fate(WantedEnd.SHIPPED, null);
    if (share < 0.95) return new Fate(WantedEnd.INVOICED, null);
    if (share < 0.97) return new Fate(WantedEnd.HANDLING, null);
    if (share < 0.99) return new Fate(WantedEnd.CANCELED, null);
    return new Fate(WantedEnd.CANCELED, "denied");
  }

  private int lineCount(long number, Dice dice) {
    if (everyday != null) return everydayLines(dice);
    var slots = new ArrayList<>(IntStream.range(0, BLOCK).boxed().toList());
    Collections.shuffle(slots, new Random(seed * 31 + number / BLOCK));
    int slot = slots.get((int) (number % BLOCK));
    if (slot < 10) return 1;
    return slot < 19 ? dice.skewed(2, 49) : dice.skewed(50, 500);
  }

  private static int everydayLines(Dice dice) {
    double share = dice.share();
    if (share < 0.62) return 1;
    if (share < 0.82) return 2;
    if (share < 0.91) return 3;
    return share < 0.99 ? dice.skewed(4, 12) : dice.skewed(13, 60);
  }

  private static Line line(Dice dice, boolean discounted, String warehouse, String courier) {
    var offer = Catalogue.any(dice);
    int quantity = dice.chance(0.8) ? 1 : dice.between(2, 12);
    long discount = discounted && dice.chance(0.7) ? offer.price() * dice.between(5, 30) / 100 : 0;
    long freight = dice.chance(0.2) ? 0 : dice.between(490, 2990) + offer.product().grams() * (long) quantity / 20;
    return new Line(offer.product(), quantity, offer.price(), discount, freight, warehouse, courier);
  }

  /** One payment, or a voucher for a part and the rest by another method; together exactly the value. */
  private static List<Payment> payments(Dice dice, long value) {
    if (value < 2 || !dice.chance(0.1)) return List.of(payment(dice, value));
    long voucher = Math.max(1, value * dice.between(5, 60) / 100);
    return List.of(new Payment(Method.VOUCHER, voucher, 1, null), payment(dice, value - voucher));
  }

  private static Payment payment(Dice dice, long value) {
    double share = dice.share();
    if (share < 0.35) return new Payment(Method.VISA, value, dice.skewed(1, 12), dice.digits(4));
    if (share < 0.65) return new Payment(Method.MASTERCARD, value, dice.skewed(1, 12), dice.digits(4));
    if (share < 0.70) return new Payment(Method.MAESTRO, value, 1, dice.digits(4));
    if (share < 0.80) return new Payment(Method.BOLETO, value, 1, null);
    return new Payment(Method.PIX, value, 1, null);
  }
}
