package shop.orders.workflow.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

class RehearsalTest {
  private final FeedBench bench = new FeedBench();
  private final Rehearsal rehearsal = new Rehearsal(bench.positions, bench.stores.eventLog(), bench.filters, bench.clock);

  @RepeatedTest(10)
  void aForecast_isWhatAFeedStartedThenDelivers() {
    var random = new Random();
    var statuses = List.of("handling", "invoiced", "canceled", "start-handling");
    for (int i = 0; i < 500; i++) {
      bench.append("o" + i, statuses.get(random.nextInt(4)));
      bench.clock.advance(Duration.ofMinutes(random.nextInt(20)));
    }
    if (random.nextBoolean()) bench.store.removeFromLog("demo", 0, random.nextInt(500));
    var told = rehearsal.of("demo", new FeedFilter.FromWorkflow(List.of("handling", "canceled")), 1 + random.nextInt(3));

    var feed = FeedKey.of(FeedBench.ERP, "then");
    bench.configure(feed, Optional.of(new StartPoint.Date(told.from())), "handling", "canceled");
    long delivered = 0;
    for (var items = bench.read(feed, 10); !items.isEmpty(); items = bench.read(feed, 10)) {
      if (delivered == 0) assertThat(told.samples()).extracting(l -> l.entry().orderId()).isEqualTo(items.stream().map(FeedItem::orderId).toList());
      delivered += items.size();
      bench.commit(feed, items);
    }
    assertThat(told.count()).isEqualTo(delivered);
    assertThat(told.countedUpTo()).isNull();
    assertThat(told.missed()).isEqualTo(bench.cells.read(feed).gaps().quantity());
  }
}
