package shop.orders.model;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Splits an amount without losing a cent. */
final class Allocation {
  private Allocation() {}

  /**
   * Parts of {@code total} in the proportion of {@code weights}, by largest remainder: each is off its exact share by less than a cent, and
   * together they are {@code total}. Of equal remainders the earlier gets the cent.
   *
   * @param total may be negative
   * @param weights zero or more each; all zero: the amount is split evenly
   * @throws IllegalArgumentException if there is nothing to split a total over
   */
  static long[] split(long total, BigInteger[] weights) {
    if (weights.length == 0 && total != 0) throw new IllegalArgumentException("nothing to split " + total + " over");
    var sum = BigInteger.ZERO;
    for (var weight : weights) sum = sum.add(weight);
    if (sum.signum() == 0) return weights.length == 0 ? new long[0] : split(total, even(weights.length));
    var parts = new long[weights.length];
    var remainders = new BigInteger[weights.length];
    var size = BigInteger.valueOf(total).abs();
    long rest = size.longValueExact();
    for (int i = 0; i < parts.length; i++) {
      var share = size.multiply(weights[i]).divideAndRemainder(sum);
      parts[i] = share[0].longValueExact();
      remainders[i] = share[1];
      rest -= parts[i];
    }
    var byRemainder = IntStream.range(0, parts.length).boxed().sorted(Comparator.comparing((Integer i) -> remainders[i]).reversed()).toList();
    for (int i = 0; i < rest; i++) parts[byRemainder.get(i)]++;
    if (total < 0) for (int i = 0; i < parts.length; i++) parts[i] = -parts[i];
    return parts;
  }

  /** How much {@code quantity} pieces of that price weigh; less than nothing counts as nothing. */
  static BigInteger weight(long price, long quantity) {
    return BigInteger.valueOf(Math.max(0, price)).multiply(BigInteger.valueOf(Math.max(0, quantity)));
  }

  private static BigInteger[] even(int parts) {
    var weights = new BigInteger[parts];
    Arrays.fill(weights, BigInteger.ONE);
    return weights;
  }
}
