package shop.orders.search.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shop.orders.model.OrderKey;
import shop.orders.search.fill.Patience;
import shop.orders.search.index.IndexReport;
import shop.orders.store.KeptDocument;
import shop.orders.store.StoreUnavailable;

class BatchTest {
  /** How many orders each request was for. */
  private final List<Integer> requests = new ArrayList<>();

  private final List<String> handedOn = new ArrayList<>();

  /** Requests that fail, from now on. */
  private int refusals;

  /** @param sizes of each part, in orders @param look told of each order before it is read */
  private record Orders(int bytes, Consumer<String> look, int... sizes) implements Wave {
    @Override
    public String what() {
      return "orders";
    }

    @Override
    public int parts() {
      return sizes.length;
    }

    @Override
    public void read(int part, Sink sink) {
      for (var id : ids(part)) {
        look.accept(id);
        sink.add(new KeptDocument(new OrderKey("a", id), Instant.EPOCH, 1, new byte[bytes]));
      }
    }

    List<String> all() {
      return IntStream.range(0, sizes.length).boxed().flatMap(part -> ids(part).stream()).toList();
    }

    private List<String> ids(int part) {
      return IntStream.range(0, sizes[part]).mapToObj(i -> part + "-" + i).toList();
    }
  }

  private static Orders orders(int... parts) {
    return new Orders(10, id -> {}, parts);
  }

  private Batch of(Wave wave, Parts parts, int size) {
    return of(wave, parts, size, Duration.ofMillis(10), 1);
  }

  private Batch of(Wave wave, Parts parts, int size, Duration longestPause, double load) {
    var throttle = new Throttle(load, new Limits(new Latency(25, 50), 1_000), false);
    return new Batch(wave, parts, size, longestPause, throttle, keys -> handOn(keys), kept -> handOn(kept.stream().map(KeptDocument::key).toList()));
  }

  private IndexReport handOn(List<OrderKey> keys) {
    if (refusals-- > 0) throw new StoreUnavailable("away", null);
    requests.add(keys.size());
    keys.forEach(key -> handedOn.add(key.orderId()));
    return new IndexReport(keys.stream().collect(Collectors.toMap(key -> key, key -> 1L)), Map.of(), Set.of(), Map.of());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 3_000})
  void everyOrderIsHandedOnOnce_andEveryPartIsDone(int size) {
    var wave = orders(0, 1, 0, 0, 20, 3, 1, 0);
    var parts = new Parts(wave.parts(), null);
    of(wave, parts, size).work();
    assertThat(handedOn).containsExactlyElementsOf(wave.all());
    assertThat(parts.position().done()).isEqualTo(wave.parts());
    assertThat(parts.position().orders()).isEqualTo(25);
    assertThat(parts.position().underWay()).isZero();
  }

  @Test
  void smallParts_shareARequest_andALargeOneHasSeveral() {
    var wave = orders(1, 2, 1, 1, 9, 1);
    of(wave, new Parts(wave.parts(), null), 4).work();
    assertThat(requests).containsExactly(3, 2, 4, 4, 2);
  }

  @Test
  void largeDocuments_areHandedOnBeforeTheyAreMany() {
    var wave = new Orders(16 << 10, id -> {}, 1_000);
    of(wave, new Parts(1, null), 3_000).work();
    assertThat(requests).containsExactly(512, 488);
  }

  @Test
  void partWhoseReadingFails_isGoneOnWith() {
    var fails = new HashSet<>(Set.of("1-0", "1-3", "1-9", "2-1"));
    var wave = new Orders(10, id -> { if (fails.remove(id)) throw new StoreUnavailable("reading " + id, null); }, 2, 10, 2);
    of(wave, new Parts(3, null), 4).work();
    assertThat(fails).isEmpty();
    assertThat(handedOn).containsExactlyElementsOf(wave.all());
  }

  @Test
  void outageThatWasWaitedThrough_isNoWorkToRestAfter() {
    refusals = 6; // 20, 40, 80, 160, 200, 200 ms: at a twentieth of the time 13 s of rest if that were work
    var fails = new AtomicInteger(6);
    var wave = new Orders(10, id -> { if (id.equals("1-1") && fails.getAndDecrement() > 0) throw new StoreUnavailable("away", null); }, 2, 3);
    assertTimeout(Duration.ofSeconds(10), () -> of(wave, new Parts(2, null), 4, Duration.ofMillis(200), 0.05).work());
    assertThat(handedOn).containsExactlyElementsOf(wave.all());
  }

  @Test
  void waveWithoutParts_isOverAtOnce() {
    assertTimeout(Duration.ofSeconds(10), () -> of(orders(), new Parts(0, null), 4, Duration.ofMillis(10), 0.05).work());
  }

  @Test
  void whoGoesOnAfterACrash_doesAgainWhatWasNotHandedOn_andNoMore() {
    var parts = new Parts(3, null);
    var crashing = new Orders(10, id -> { if (id.equals("1-7")) throw new Patience.Stopped("killed"); }, 2, 10, 2);
    assertThatThrownBy(() -> of(crashing, parts, 4).work()).isInstanceOf(Patience.Stopped.class);
    assertThat(handedOn).as("1-4 to 1-6 were gathered").doesNotContain("1-4").endsWith("1-3");
    var wave = orders(2, 10, 2);
    of(wave, new Parts(3, parts.position()), 4).work();
    assertThat(handedOn).containsExactlyElementsOf(wave.all());
  }

  @Test
  void orderThatSeveralPartsHave_isHandedOnOnce_alsoAfterACrashOfOneThatHasItGathered() {
    var wave = new KeyWave(List.of(List.of("x", "y", "z"), List.of("u", "y", "v", "w")));
    var parts = new Parts(2, null);
    // The second part is ahead: of it u, y and v were passed, y being left to the first, which had it gathered.
    parts.done(List.of(), 1, 3, 2, 2);
    var after = new Parts(2, parts.position());
    var second = of(wave, after, 4);
    after.take(); // the first part, by another thread that is slower
    second.work();
    of(wave, new Parts(2, after.position()), 4).work();
    assertThat(handedOn).containsExactlyInAnyOrder("w", "x", "y", "z");
  }
}
