package shop.orders.localstack.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes orders that look like a shop's day: of any twenty in a row, from the first on, ten have one line, nine have 2 to 49 and one has 50 to 500;
 * most are to be delivered, a few end earlier or are canceled, by the ERP or by antifraud. The order of a number is the same for
 * the same seed and time, whether or not the ones before it were made. Safe for use by many threads.
 */
public final class OrderGenerator {
  private static final int BLOCK = 20;

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
    return Baskets.any("gen-" + seed + "-" + number, fate.end(), fate.wish(), lineCount(number, dice), dice);
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
}
