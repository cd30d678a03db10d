package shop.orders.workflow.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shop.orders.workflow.feed.FeedBench.UNNAMED;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import shop.orders.store.LogEntry;
import shop.orders.web.ApiError;

class RewindTest {
  private final FeedBench bench = new FeedBench();
  private final Instant start = bench.clock.instant();

  @Test
  void rewind_deliversEverythingFromThereAgain() {
    bench.configure();
    bench.appendOrders(30);
    drain();
    bench.rewind(new StartPoint.Date(start.plusSeconds(20)));
    assertThat(drain()).hasSize(10).startsWith("o20").endsWith("o29");
  }

  @Test
  void rewind_keepsWhatIsLeasedBeforeThatPoint() {
    bench.configure();
    bench.appendOrders(10);
    var early = bench.read(UNNAMED, 5);
    bench.read(UNNAMED, 5);
    bench.rewind(new StartPoint.Date(start.plusSeconds(5)));
    assertThat(bench.read()).extracting(FeedItem::orderId).containsExactly("o5", "o6", "o7", "o8", "o9");
    bench.commit(UNNAMED, early);
    assertThat(bench.backlog().quantity()).isEqualTo(5);
  }

  @Test
  void handlesOfBefore_doNotCommitWhatWasRewound() {
    bench.configure();
    bench.appendOrders(3);
    var old = bench.read();
    bench.rewind(new StartPoint.Event(old.get(1).eventId()));
    bench.commit(UNNAMED, old.subList(1, 3));
    var again = bench.read();
    assertThat(again).extracting(FeedItem::orderId).containsExactly("o1", "o2");
    bench.commit(UNNAMED, old.subList(1, 3));
    assertThat(bench.backlog().quantity()).isEqualTo(3);
    bench.commit(UNNAMED, again);
    bench.commit(UNNAMED, old);
    assertThat(bench.backlog().quantity()).isZero();
  }

  @Test
  void rewind_neverSkips() {
    bench.configure();
    bench.appendOrders(3);
    bench.rewind(new StartPoint.Date(start.plus(Duration.ofDays(1))));
    assertThat(bench.read()).hasSize(3);
  }

  @Test
  void rewind_toAnEventNobodyKnows_isNotFound() {
    bench.configure();
    bench.appendOrders(3);
    var id = bench.read().get(0).eventId();
    for (var wrong : List.of("0".repeat(16) + id.substring(16), id.substring(0, 31) + "1", id.substring(0, 31) + "9")) {
      assertThatThrownBy(() -> bench.rewind(new StartPoint.Event(wrong))).isInstanceOfSatisfying(ApiError.class, e -> assertThat(e.status()).isEqualTo(HttpStatus.NOT_FOUND));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 64, 99, 100, 250})
  void dates_meanTheFirstEntryOfThatTime(int seconds) {
    bench.appendOrders(100);
    assertThat(bench.positions.find("demo", new StartPoint.Date(start.plusSeconds(seconds)))).isEqualTo(Math.min(seconds, 100));
    assertThat(bench.positions.find("demo", new StartPoint.Date(start.plusSeconds(seconds).minusMillis(1)))).isEqualTo(Math.min(seconds, 100));
  }

  @Test
  void clocksThatDisagree_makeDatesMeanTooMuchAndNeverTooLittle() {
    int[] offsets = {0, 9, 2, 11, 5, 14, 8, 17, 12, 21};
    for (int i = 0; i < offsets.length; i++) {
      var at = start.plusSeconds(offsets[i]);
      bench.append(new LogEntry("o" + i, 1, "handling", "ready-for-handling", "Fulfillment", "moved", at, at, at));
    }
    for (int s = 0; s < 22; s++) {
      long number = bench.positions.find("demo", new StartPoint.Date(start.plusSeconds(s)));
      for (int i = 0; i < number; i++) assertThat(offsets[i]).isLessThan(s);
    }
  }

  @Test
  void aNewFeed_mayStartInThePast() {
    bench.appendOrders(5);
    var named = FeedKey.of(FeedBench.ERP, "late");
    bench.configure(named, Optional.of(new StartPoint.Date(start.plusSeconds(2))));
    assertThat(bench.read(named, 10)).extracting(FeedItem::orderId).containsExactly("o2", "o3", "o4");
    assertThatThrownBy(() -> bench.configure(named, Optional.of(new StartPoint.Date(start)))).isInstanceOf(ApiError.class).hasMessageContaining("rewind");
  }

  @Test
  void rewind_beyondWhatIsKept_tellsTheGap() {
    bench.configure();
    bench.appendOrders(10);
    drain();
    bench.store.removeFromLog("demo", 0, 4);
    bench.rewind(new StartPoint.Date(start));
    assertThat(drain()).containsExactly("o5", "o6", "o7", "o8", "o9");
    assertThat(bench.cells.read(UNNAMED).gaps()).isEqualTo(Ranges.NONE.with(0, 4, start.toEpochMilli()));
  }

  private List<String> drain() {
    var all = new ArrayList<String>();
    while (true) {
      var items = bench.read();
      if (items.isEmpty()) return all;
      items.forEach(i -> all.add(i.orderId()));
      bench.commit(UNNAMED, items);
    }
  }
}
