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

/** Looks at placed orders by id, each at growing intervals, until each is at its end. Never asks the list: it may be behind. */
final class Watcher {
  private static final Backoff INTERVAL = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2));

  private final OmsClient oms;
  private final Board board;
  private final DelayQueue<Look> looks = new DelayQueue<>();

  Watcher(OmsClient oms, Board board) {
    this.oms = oms;
    this.board = board;
  }

  /** The next look at an order; {@code number} counts from 1. */
  private record Look(String source, String orderId, WantedEnd end, int number, long dueAt) implements Delayed {
    static Look after(Duration wait, String source, String orderId, WantedEnd end, int number) {
      return new Look(source, orderId, end, number, System.nanoTime() + wait.toNanos());
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
    looks.add(Look.after(INTERVAL.delay(1), order.source(), orderId, order.end(), 1));
  }

  /** Looks until interrupted; any number of threads may. */
  void run() throws InterruptedException {
    while (true) {
      var look = looks.take();
      var wait = look(look);
      if (!wait.isZero()) looks.add(Look.after(wait, look.source(), look.orderId(), look.end(), look.number() + 1));
    }
  }

  /** @return until the next look; zero when there is none */
  private Duration look(Look look) throws InterruptedException {
    try {
      var answer = oms.get("/api/oms/pvt/orders/" + look.orderId());
      if (answer.ok()) return judge(look, answer);
      // also a 404: that an accepted order cannot be found must show in the result, not end the look-out
      board.trouble(look.source(), "looking answered " + answer.summary());
      return INTERVAL.delay(look.number(), answer);
    } catch (IOException | JacksonException e) {
      board.trouble(look.source(), "looking: " + Causes.of(e));
      return INTERVAL.delay(look.number());
    }
  }

  private Duration judge(Look look, Answer answer) {
    var order = OrderView.parse(answer.body());
    if (look.end().reachedBy(order)) {
      board.arrived(look.source());
      return Duration.ZERO;
    }
    if (look.end().missedBy(order)) {
      board.failed(look.source(), "ended as " + order.status());
      return Duration.ZERO;
    }
    board.seen(look.source(), String.valueOf(order.status()));
    return INTERVAL.delay(look.number());
  }
}
