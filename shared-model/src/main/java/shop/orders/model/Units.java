package shop.orders.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Items sold by weight or length: a price is that of one unit, and a piece is {@code unitMultiplier} units. */
final class Units {
  private Units() {}

  /** Units in one piece of an item; 1 where it does not say, or says 0 as some do. */
  static BigDecimal multiplier(Map<String, @Nullable Object> item) {
    var multiplier = item.get("unitMultiplier") instanceof Number number ? new BigDecimal(number.toString()) : BigDecimal.ONE;
    return multiplier.signum() > 0 ? multiplier : BigDecimal.ONE;
  }

  /** What one piece costs, in cents; half a cent is one. @throws ArithmeticException if that is beyond counting */
  static long cents(long unitPrice, BigDecimal multiplier) {
    return BigDecimal.valueOf(unitPrice).multiply(multiplier).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }
}
