package shop.orders.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Items sold by weight or length: a price is that of one unit, and a piece is {@code unitMultiplier} units. */
final class Units {
  private static final BigDecimal LARGEST = new BigDecimal(1_000_000);
  private static final int MOST_DECIMALS = 30;

  private Units() {}

  /** The price of a unit whose piece costs that, in cents. */
  static long ofUnit(long pieceCents, BigDecimal multiplier) {
    return BigDecimal.valueOf(pieceCents).divide(multiplier, 0, RoundingMode.HALF_UP).longValueExact();
  }

  /** Units in one piece of an item; 1 where it does not say, or says what makes no sense: nobody checked what orders brought along. */
  static BigDecimal multiplier(Map<String, @Nullable Object> item) {
    if (!(item.get("unitMultiplier") instanceof Number number)) return BigDecimal.ONE;
    var multiplier = new BigDecimal(number.toString());
    return isUsable(multiplier) ? multiplier : BigDecimal.ONE;
  }

  /** Above 0, up to a million, with few decimals. By its digits before its value: 1e500000000 must not be written out. */
  static boolean isUsable(BigDecimal multiplier) {
    int before = multiplier.precision() - multiplier.scale();
    return multiplier.signum() > 0 && before <= 7 && multiplier.scale() <= MOST_DECIMALS && multiplier.compareTo(LARGEST) <= 0;
  }

  /** What one piece costs, in cents; half a cent is one. @throws ArithmeticException if that is beyond counting */
  static long cents(long unitPrice, BigDecimal multiplier) {
    return exact(unitPrice, multiplier).longValueExact();
  }

  /** The same, however much it is. */
  static BigDecimal exact(long unitPrice, BigDecimal multiplier) {
    return BigDecimal.valueOf(unitPrice).multiply(multiplier).setScale(0, RoundingMode.HALF_UP);
  }
}
