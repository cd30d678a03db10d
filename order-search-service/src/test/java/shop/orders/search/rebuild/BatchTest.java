package shop.orders.search.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shop.orders.model.OrderKey;
import shop.orders.search.index.IndexReport;
import shop.orders.search.rebuild.Rebuild.Progress;
import shop.orders.store.KeptDocument;

class BatchTest {
  private static final IndexReport NOTHING = new IndexReport(Map.of(), Map.of(), Set.of(), Map.of());

  private final Ledger ledger = new Ledger(Progress.NONE, Clock.systemUTC());
  private final List<Integer> requests = new ArrayList<>();

  private Batch of(int size) {
    var throttle = new Throttle(1, new Latency(25, 50), false);
    return new Batch(size, Duration.ofSeconds(1), throttle, keys -> NOTHING, kept -> { requests.add(kept.size()); return NOTHING; }, ledger);
  }

  private static KeptDocument document(int bytes) {
    return new KeptDocument(new OrderKey("a", "o"), Instant.EPOCH, 1, new byte[bytes]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3_000})
  void nothing_isNeverEnough_soThatPartsAreReadAsLongAsThereAreSome(int size) {
    assertThat(of(size).isEnough()).isFalse();
  }

  @Test
  void halfOfABatch_isEnough() {
    var batch = of(4);
    batch.add(document(10));
    assertThat(batch.isEnough()).isFalse();
    batch.add(document(10));
    assertThat(batch.isEnough()).isTrue();
    assertThat(requests).isEmpty();
  }

  @Test
  void largeDocuments_areHandedOnBeforeTheyAreMany() {
    var batch = of(3_000);
    for (int i = 0; i < 1_000; i++) batch.add(document(16 << 10));
    batch.flush();
    assertThat(requests).containsExactly(512, 488);
  }
}
