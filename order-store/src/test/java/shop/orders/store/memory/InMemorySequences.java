package shop.orders.store.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import shop.orders.store.Sequences;

final class InMemorySequences implements Sequences {
  private final Map<String, Long> next = new ConcurrentHashMap<>();

  @Override
  public long reserve(String account, int count) {
    if (count < 1) throw new IllegalArgumentException("count " + count);
    return next.merge(account, 1L + count, (before, first) -> before + count) - count;
  }

  @Override
  public void skipTo(String account, long least) {
    next.merge(account, Math.max(1, least), Math::max);
  }
}
