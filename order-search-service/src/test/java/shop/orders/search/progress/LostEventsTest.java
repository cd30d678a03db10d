package shop.orders.search.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import shop.orders.store.Stores;
import shop.orders.store.memory.InMemoryStore;

class LostEventsTest {
  private final Stores stores = new InMemoryStore(Clock.systemUTC()).stores();
  private final LostEvents lost = new LostEvents(stores.cursors(), Clock.systemUTC(), new SimpleMeterRegistry());

  @Test
  void lossDuringARefill_keepsTheMark() {
    lost.mark("first");
    var seen = lost.read();
    lost.mark("second");
    assertThat(lost.clear(seen)).isFalse();
    assertThat(lost.read().why()).isEqualTo("second");
    assertThat(lost.read().since()).isEqualTo(seen.since());
    assertThat(lost.clear(lost.read())).isTrue();
    assertThat(lost.read().pending()).isFalse();
  }

  @Test
  void anotherTopic_isALoss_theFirstOneIsNot() {
    lost.follow("A");
    lost.follow("A");
    assertThat(lost.read().pending()).isFalse();
    lost.follow("B");
    assertThat(lost.read().pending()).isTrue();
    assertThat(lost.clear(lost.read())).isTrue();
    lost.follow("B");
    assertThat(lost.read().pending()).isFalse();
  }

  @Test
  void handled_neverGoesBack() {
    var one = new Handled(stores.cursors(), stores.settings());
    var other = new Handled(stores.cursors(), stores.settings());
    one.save("demo", 10);
    other.save("demo", 7);
    assertThat(other.read("demo")).isEqualTo(10);
    assertThat(one.learned("demo", 3)).isEqualTo(10);
  }
}
