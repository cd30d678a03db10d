package shop.orders.store.memory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import shop.orders.store.Lane;
import shop.orders.store.Wakeup;
import shop.orders.store.Wakeups;

final class InMemoryWakeups implements Wakeups {
  private static final Comparator<Wakeup> ORDER =
      Comparator.comparing(Wakeup::dueAt)
          .thenComparing(w -> w.key().account())
          .thenComparing(w -> w.key().orderId())
          .thenComparing(Wakeup::version);

  private record Shard(Lane lane, int number) {}

  private final Map<Shard, NavigableSet<Wakeup>> shards = new ConcurrentHashMap<>();

  @Override
  public void write(Lane lane, Wakeup wakeup) {
    shard(lane, lane.shardOf(wakeup.key())).add(new Wakeup(wakeup.key(), wakeup.version(), wakeup.dueAt().truncatedTo(ChronoUnit.MILLIS)));
  }

  @Override
  public List<Wakeup> read(Lane lane, int shard, Instant from, Instant to, int limit) {
    if (limit < 1 || limit > 10_000) throw new IllegalArgumentException("limit " + limit);
    return shard(lane, shard).stream().filter(w -> !w.dueAt().isBefore(from) && w.dueAt().isBefore(to)).limit(limit).toList();
  }

  @Override
  public List<Wakeup> readOn(Lane lane, int shard, Wakeup last, Instant to, int limit) {
    if (limit < 1 || limit > 10_000) throw new IllegalArgumentException("limit " + limit);
    return shard(lane, shard).tailSet(last, false).stream().filter(w -> w.dueAt().isBefore(to)).limit(limit).toList();
  }

  private NavigableSet<Wakeup> shard(Lane lane, int number) {
    return shards.computeIfAbsent(new Shard(lane, number), s -> new ConcurrentSkipListSet<>(ORDER));
  }
}
