package shop.orders.workflow.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.orders.workflow.feed.FeedBench.UNNAMED;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import shop.orders.workflow.feed.Ranges.Range;

class GapsTest {
  private final FeedBench bench = new FeedBench();

  @Test
  void whatWasRemovedUnread_isAGap() {
    bench.configure();
    bench.appendOrders(10);
    bench.store.removeFromLog("demo", 0, 6);
    assertThat(bench.read()).extracting(FeedItem::orderId).containsExactly("o7", "o8", "o9");
    assertThat(gaps()).usingRecursiveFieldByFieldElementComparatorIgnoringFields("since").containsExactly(range(0, 6));
    assertThat(bench.meters.get("orders.feed.missed").counter().count()).isEqualTo(7);
  }

  @Test
  void aLogRemovedToItsEnd_isAGapToo() {
    bench.configure();
    bench.appendOrders(10);
    bench.store.removeFromLog("demo", 0, 9);
    assertThat(bench.read()).isEmpty();
    assertThat(gaps()).usingRecursiveFieldByFieldElementComparatorIgnoringFields("since").containsExactly(range(0, 9));
  }

  @Test
  void whatWasDeliveredAndRemovedUncommitted_isAGap() {
    bench.configure();
    bench.appendOrders(10);
    var items = bench.read();
    bench.commit(UNNAMED, items.subList(2, 10));
    bench.store.removeFromLog("demo", 0, 9);
    bench.leasesRunOut();
    assertThat(bench.read()).isEmpty();
    assertThat(gaps()).usingRecursiveFieldByFieldElementComparatorIgnoringFields("since").containsExactly(range(0, 1));
    assertThat(bench.backlog().quantity()).isZero();
  }

  @RepeatedTest(20)
  void eventsAndGaps_areTheWholeLog() {
    var random = new Random();
    bench.configure();
    var committed = new TreeSet<Long>();
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 30; i++) bench.append("o", "handling");
      long head = bench.stores.eventLog().head("demo");
      if (random.nextInt(4) == 0) {
        long from = random.nextLong(head);
        bench.store.removeFromLog("demo", from, from + random.nextLong(head - from));
      }
      for (int i = 0; i < 3; i++) take(committed, random.nextBoolean());
      bench.leasesRunOut();
    }
    for (int quiet = 0; quiet < 3; quiet++) {
      bench.leasesRunOut();
      while (take(committed, true)) assertThat(committed).isNotEmpty();
    }
    gaps().forEach(gap -> LongStream.rangeClosed(gap.from(), gap.to()).forEach(committed::add));
    assertThat(committed).hasSize(600);
  }

  private boolean take(TreeSet<Long> committed, boolean commits) {
    var items = bench.read();
    if (!commits) return !items.isEmpty();
    bench.commit(UNNAMED, items);
    items.forEach(i -> committed.add(EventIds.require("", i.eventId())));
    return !items.isEmpty();
  }

  @Test
  void ranges_growTogether() {
    var ranges = Ranges.NONE.with(10, 12, 7).with(0, 3, 5).with(5, 5, 6).with(13, 20, 9).with(4, 4, 8);
    assertThat(ranges.list()).containsExactly(new Range(0, 5, 5), new Range(10, 20, 7));
    assertThat(ranges.with(2, 15, 9).list()).containsExactly(new Range(0, 20, 5));
    assertThat(ranges.below(11).list()).containsExactly(new Range(0, 5, 5), new Range(10, 10, 7));
    assertThat(ranges.above(4).list()).containsExactly(new Range(5, 5, 5), new Range(10, 20, 7));
    assertThat(ranges.without(3, 12).list()).containsExactly(new Range(0, 2, 5), new Range(13, 20, 7));
    assertThat(ranges.quantity()).isEqualTo(17);
  }

  private List<Range> gaps() {
    return new ArrayList<>(bench.cells.read(UNNAMED).gaps().list());
  }

  /** Whatever its time is. */
  private static Range range(long from, long to) {
    return new Range(from, to, 0);
  }
}
