package shop.orders.systemtest.bench;

import java.util.ArrayList;
import java.util.List;

/** What interleaved rounds gave: rates of the product and of the floor, and what the one is of the other, round by round. */
final class Ratios {
  private final List<Double> product = new ArrayList<>();
  private final List<Double> floor = new ArrayList<>();

  void add(double productPerSecond, double floorPerSecond) {
    product.add(productPerSecond);
    floor.add(floorPerSecond);
  }

  List<Double> product() {
    return product;
  }

  List<Double> floor() {
    return floor;
  }

  List<Double> ratios() {
    var ratios = new ArrayList<Double>();
    for (int i = 0; i < product.size(); i++) ratios.add(product.get(i) / floor.get(i));
    return ratios;
  }

  /** The middle one; of an even number the lower of the two. */
  static double median(List<Double> values) {
    return values.stream().sorted().toList().get((values.size() - 1) / 2);
  }
}
