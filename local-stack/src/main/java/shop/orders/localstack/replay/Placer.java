package shop.orders.localstack.replay;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import shop.orders.localstack.client.Answer;
import shop.orders.localstack.client.Backoff;
import shop.orders.localstack.client.Json;
import shop.orders.localstack.client.OmsClient;
import tools.jackson.core.JacksonException;

/**
 * Sends one order until it is accepted or refused for good. Every try carries the same idempotency key, so an answer that got
 * lost on its way costs nothing: the order behind it is found again by the key.
 */
final class Placer {
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(3));

  private final OmsClient oms;
  private final String run;
  private final Board board;
  private final CountDownLatch stopped;

  Placer(OmsClient oms, String run, Board board, CountDownLatch stopped) {
    this.oms = oms;
    this.run = run;
    this.board = board;
    this.stopped = stopped;
  }

  /** @return the order's id; empty when it was refused or the run was given up, which the board then knows */
  Optional<String> place(PlannedOrder order) throws InterruptedException {
    var headers = Map.of("Idempotency-Key", run + ":" + order.source());
    for (int failures = 1; ; failures++) {
      Duration wait;
      try {
        var answer = oms.send("POST", "/api/oms/pvt/orders", order.document(), headers);
        if (answer.ok()) return Optional.of(orderId(answer));
        board.trouble(order.source(), "placing answered " + answer.summary());
        // 409: the same key is still being worked on, by a try whose answer we did not wait for
        if (!answer.notNow() && answer.status() != 409) {
          board.failed(order.source(), "refused: " + answer.summary());
          return Optional.empty();
        }
        wait = BACKOFF.delay(failures, answer);
      } catch (IOException e) {
        board.trouble(order.source(), "placing: " + Causes.of(e));
        wait = BACKOFF.delay(failures);
      }
      if (stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS)) return Optional.empty();
    }
  }

  private static String orderId(Answer answer) throws IOException {
    try {
      var id = Json.MAPPER.readTree(answer.body()).path("orderId").asString("");
      if (!id.isEmpty()) return id;
    } catch (JacksonException e) {
      throw new IOException("no order in the answer " + answer.summary(), e);
    }
    throw new IOException("no orderId in the answer " + answer.summary());
  }
}
