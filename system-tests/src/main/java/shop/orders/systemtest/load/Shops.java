package shop.orders.systemtest.load;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import shop.orders.localstack.replay.Dice;

/** The accounts: one big and many small, the k-th with about 1/k of the first one's orders. The first is {@code demo}, which has a key. */
final class Shops {
  private static final double STEEPNESS = 1.1;

  private final List<String> names;
  private final double[] sums;

  Shops(int count) {
    names = IntStream.rangeClosed(1, count).mapToObj(place -> place == 1 ? "demo" : "shop-%03d".formatted(place)).toList();
    sums = IntStream.rangeClosed(1, count).mapToDouble(place -> Math.pow(place, -STEEPNESS)).toArray();
    Arrays.parallelPrefix(sums, Double::sum);
  }

  List<String> names() {
    return names;
  }

  String any(Dice dice) {
    int found = Arrays.binarySearch(sums, dice.share() * sums[sums.length - 1]);
    return names.get(found >= 0 ? found + 1 : -found - 1);
  }
}
