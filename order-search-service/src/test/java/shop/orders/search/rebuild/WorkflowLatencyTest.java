package shop.orders.search.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import shop.orders.store.EventLog;
import shop.orders.store.LogEntry;
import shop.orders.store.memory.InMemoryStore;

class WorkflowLatencyTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final EventLog log = new InMemoryStore(clock).stores().eventLog();
  private final WorkflowLatency latency = new WorkflowLatency(log, List.of("a", "b"), clock);

  @Test
  void slowestOfAHundred_isTold() {
    append("a", "moved", NOW, 100, 10);
    append("b", "moved", NOW, 2, 300);
    assertThat(latency.look()).contains(new Latency(10, 300));
    assertThat(latency.look()).as("nothing is counted twice").contains(new Latency(10, 300));
    append("a", "moved", NOW, 150, 10);
    assertThat(latency.look()).contains(new Latency(10, 10));
  }

  @Test
  void whatIsOver_isForgottenWhereEnoughGoesOn() {
    append("a", "moved", NOW.minusSeconds(15), 500, 900);
    append("b", "moved", NOW, 199, 10);
    assertThat(latency.look()).contains(new Latency(900, 900));
    append("b", "moved", NOW, 1, 10);
    assertThat(latency.look()).contains(new Latency(10, 10));
  }

  @Test
  void fewEventsOldOnesAndImports_sayNothing() {
    append("a", "moved", NOW, 19, 10);
    append("a", "imported", NOW, 100, 5_000);
    append("b", "moved", NOW.minusSeconds(60), 100, 900);
    assertThat(latency.look()).isEmpty();
  }

  private void append(String account, String type, Instant appendedAt, int number, long millis) {
    var entries =
        IntStream.range(0, number).mapToObj(i -> new LogEntry("o" + i, 1, "handling", null, "Fulfillment", type, appendedAt.minusMillis(millis), null, appendedAt)).toList();
    log.append(account, log.head(account), entries);
  }
}
