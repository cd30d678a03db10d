package shop.orders.search.rebuild;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import shop.orders.model.OrderKey;

/** Hands orders on by their keys; one that several parts have can be claimed once. For one thread. */
final class KeyWave implements Wave {
  private final List<List<String>> parts;
  private final Set<OrderKey> claimed = new HashSet<>();

  /** @param parts of each, ids of its orders */
  KeyWave(List<List<String>> parts) {
    this.parts = parts;
  }

  @Override
  public String what() {
    return "orders";
  }

  @Override
  public int parts() {
    return parts.size();
  }

  @Override
  public void read(int part, Sink sink) {
    parts.get(part).forEach(id -> sink.add(new OrderKey("a", id)));
  }

  @Override
  public boolean claim(OrderKey key) {
    return claimed.add(key);
  }
}
