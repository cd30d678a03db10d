package shop.orders.workflow.feed;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.stereotype.Component;
import shop.orders.store.Cursors;
import shop.orders.store.StoreUnavailable;
import tools.jackson.databind.ObjectMapper;

/** The one overwritten cell of each feed. Safe for use by many threads and processes. */
@Component
class FeedCells {
  private static final int TRIES = 30;

  private final Cursors cursors;
  private final ObjectMapper json;

  FeedCells(Cursors cursors, ObjectMapper json) {
    this.cursors = cursors;
    this.json = json;
  }

  /** A next state, to be written if nobody else was first, and what to answer then. @param next empty to leave the cell as it is */
  record Step<T>(Optional<FeedState> next, T answer) {
    static <T> Step<T> to(FeedState next, T answer) {
      return new Step<>(Optional.of(next), answer);
    }

    static <T> Step<T> stay(T answer) {
      return new Step<>(Optional.empty(), answer);
    }
  }

  /** Decides on a state of its own, which it may change. */
  interface Decision<T> {
    Step<T> on(FeedState state);
  }

  FeedState read(FeedKey feed) {
    return state(cursors.read(feed.account(), feed.consumer()));
  }

  /** Decides again, on the newer state, whenever somebody else was first. @throws StoreUnavailable if that never ends */
  <T> T change(FeedKey feed, Decision<T> decision) {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      var cell = cursors.read(feed.account(), feed.consumer());
      var step = decision.on(state(cell));
      if (step.next().isEmpty()) return step.answer();
      var text = FeedStateJson.write(json, step.next().get());
      if (cursors.replace(feed.account(), feed.consumer(), cell.map(Cursors.Cell::rev).orElse(0L), text)) return step.answer();
      pause(attempt);
    }
    throw new StoreUnavailable("changing the " + feed + ": too many readers at one time", null);
  }

  private FeedState state(Optional<Cursors.Cell> cell) {
    return cell.map(c -> FeedStateJson.read(json, c.state())).orElseGet(() -> FeedState.from(0, Instant.EPOCH));
  }

  private static void pause(int attempt) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(5, 25) * (long) Math.min(attempt, 8)));
  }
}
