package shop.orders.store.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import shop.orders.store.Receipts;

final class InMemoryReceipts implements Receipts {
  private static final Duration KEPT = Duration.ofDays(180);

  private record Name(String account, UUID id) {}

  private record Kept(Entry entry, Instant until) {}

  private final Clock clock;
  private final Map<Name, Kept> kept = new ConcurrentHashMap<>();

  InMemoryReceipts(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void save(Entry entry) {
    var cut = new Entry(entry.id(), entry.order(), entry.action(), entry.at().truncatedTo(ChronoUnit.MILLIS), entry.unchangedAt());
    kept.put(new Name(entry.order().account(), entry.id()), new Kept(cut, clock.instant().plus(KEPT)));
  }

  @Override
  public Optional<Entry> find(String account, UUID id) {
    return Optional.ofNullable(kept.get(new Name(account, id))).filter(k -> k.until.isAfter(clock.instant())).map(Kept::entry);
  }
}
