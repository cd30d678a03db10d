package shop.orders.localstack.replay;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import shop.orders.localstack.client.Answer;
import shop.orders.localstack.client.Backoff;
import shop.orders.localstack.client.OmsClient;
import shop.orders.localstack.client.OrderView;
import tools.jackson.core.JacksonException;

/**
 * Looks at placed orders by id, each at growing intervals, until each is at its end. Never asks the list: it may be behind.
 *
 * <p>Looking costs the API as much as any other call, so an order is left alone for half of the time that orders take just now, and is
 * then looked at in steps of a sixth of it: a backlog is not made longer by those who wait for it.
 */
final class Watcher {
  private static final Duration SHORTEST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final Duration LONGEST_FIRST = Duration.ofSeconds(15);
  private static final Backoff AFTER_TROUBLE = new Backoff(SHORTEST, LONGEST);
  private static final double WEIGHT_OF_NEWEST = 0.05;

  private final OmsClient oms;
  private final Board board;
  private final DelayQueue<Look> looks = new DelayQueue<>();
  /** How long orders take just now; updates of several threads may overtake each other, it is an estimate. */
  private volatile double typicalMillis;

  Watcher(OmsClient oms, Board board) {
    this.oms = oms;
    this.board = board;
  }

  /** The next look at an order; {@code number} counts from 1. */
  private record Look(String source, String orderId, WantedEnd end, int number, long since, long dueAt) implements Delayed {
    Look again(Duration wait) {
      return new Look(source, orderId, end, number + 1, since, System.nanoTime() + wait.toNanos());
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueAt - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.signum(dueAt - ((Look) other).dueAt);
    }
  }

  void watch(PlannedOrder order, String orderId) {
    long now = System.nanoTime();
    looks.add(new Look(order.source(), orderId, order.end(), 0, now, now).again(share(0.5, LONGEST_FIRST)));
  }

  /** Looks until interrupted; any number of threads may. */
  void run() throws InterruptedException {
    while (true) {
      var look = looks.take();
      var wait = look(look);
      if (!wait.isZero()) looks.add(look.again(wait));
    }
  }

  /** @return until the next look; zero when there is none */
  private Duration look(Look look) throws InterruptedException {
    try {
      var answer = oms.get("/api/oms/pvt/orders/" + look.orderId());
      if (answer.ok()) return judge(look, answer);
      // also a 404: that an accepted order cannot be found must show in the result, not end the look-out
      board.trouble(look.source(), "looking answered " + answer.summary());
      return AFTER_TROUBLE.delay(look.number(), answer);
    } catch (IOException | JacksonException e) {
      board.trouble(look.source(), "looking: " + Causes.of(e));
      return AFTER_TROUBLE.delay(look.number());
    }
  }

  private Duration judge(Look look, Answer answer) {
    var order = OrderView.parse(answer.body());
    if (look.end().reachedBy(order)) {
      board.arrived(look.source());
      double took = (System.nanoTime() - look.since()) / 1e6;
      typicalMillis += WEIGHT_OF_NEWEST * (took - typicalMillis);
      return Duration.ZERO;
    }
    if (look.end().missedBy(order)) {
      board.failed(look.source(), "ended as " + order.status());
      return Duration.ZERO;
    }
    board.seen(look.source(), String.valueOf(order.status()));
    return new Backoff(share(1.0 / 6, LONGEST), LONGEST).delay(look.number());
  }

  /** Part of the time that orders take just now, within bounds. */
  private Duration share(double part, Duration most) {
    return Duration.ofMillis(Math.min(most.toMillis(), Math.max(SHORTEST.toMillis(), (long) (part * typicalMillis))));
  }
}
