package shop.orders.search.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import shop.orders.search.rebuild.Rebuild.Position;
import shop.orders.search.rebuild.Rebuild.Progress;

class LedgerTest {
  private static final Wave WAVE = new KeyWave(List.of(List.of(), List.of(), List.of()));

  private final Clock clock = Clock.fixed(Instant.parse("2026-11-30T12:00:00Z"), ZoneOffset.UTC);

  /** A service that was killed may first wait for an index that is away, and writes down where it is meanwhile. */
  @Test
  void whatIsWrittenDownBeforeAWaveIsGoneOnWith_isWhereItWas() {
    var before = new Ledger(Progress.NONE, clock);
    before.begins(2, LocalDate.parse("2026-11-30"), Map.of());
    var parts = before.begins(WAVE);
    parts.take();
    parts.take();
    parts.begin(20);
    parts.done(List.of(0), 1, 8, 18, 17);
    var left = before.snapshot();
    assertThat(left.waves().get(0).done()).isEqualTo(17);

    var after = new Ledger(left, clock);
    var waiting = after.snapshot();
    assertThat(waiting.position()).isEqualTo(new Position(3, 1, new TreeSet<>(), new TreeMap<>(Map.of(1, 8L)), 17, 0));
    assertThat(waiting.waves()).isEqualTo(left.waves());
    assertThat(waiting.redone()).as("what was being written").isEqualTo(2);
    assertThat(after.begins(WAVE).taken(1)).isEqualTo(8);
  }
}
