package shop.orders.workflow.lane;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;
import shop.orders.store.Cursors;
import shop.orders.store.Lane;

/**
 * Up to which due time each shard's wakeups are settled. Created with the first start on a keyspace, before requests are taken, so that
 * no wakeup can ever lie before a mark it was not seen by.
 */
@Component
class Marks {
  private static final String ACCOUNT = "-";

  private final Cursors cursors;

  Marks(Cursors cursors, Clock clock) {
    this.cursors = cursors;
    var before = clock.instant().minus(Duration.ofMinutes(1));
    for (var lane : new Lane[] {Lane.RELAY, Lane.STEP}) {
      for (int shard = 0; shard < Lane.SHARDS; shard++) {
        if (cursors.read(ACCOUNT, name(lane, shard)).isEmpty()) cursors.replace(ACCOUNT, name(lane, shard), 0, before.toString());
      }
    }
  }

  Mark read(Lane lane, int shard) {
    var cell = cursors.read(ACCOUNT, name(lane, shard)).orElseThrow(() -> new IllegalStateException("no mark of " + name(lane, shard)));
    return new Mark(Instant.parse(cell.state()), cell.rev());
  }

  /** @return false if somebody else moved the mark: the shard has another holder now */
  boolean move(Lane lane, int shard, Mark from, Instant to) {
    return cursors.replace(ACCOUNT, name(lane, shard), from.rev(), to.toString());
  }

  private static String name(Lane lane, int shard) {
    return "wakeups/" + lane.word() + "/" + shard;
  }

  record Mark(Instant at, long rev) {}
}
