package shop.orders.localstack.partners;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import shop.orders.localstack.client.Answer;
import shop.orders.localstack.client.Backoff;

/** Asks again, a bounded number of times, what was answered with 429 or 5xx or not at all. */
final class Patience {
  private static final int TRIES = 6;
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(4));

  private final CountDownLatch stopped;

  /** @param stopped ends every wait */
  Patience(CountDownLatch stopped) {
    this.stopped = stopped;
  }

  @FunctionalInterface
  interface Call {
    Answer send() throws IOException, InterruptedException;
  }

  /**
   * @return an answer that asking again would not change
   * @throws IOException if there was none in all tries; what was asked may have been done
   */
  Answer ask(Call call) throws IOException, InterruptedException {
    for (int tries = 1; ; tries++) {
      Duration wait;
      try {
        var answer = call.send();
        if (!answer.notNow()) return answer;
        if (tries == TRIES) throw new IOException("after " + TRIES + " tries still " + answer.summary());
        wait = BACKOFF.delay(tries, answer);
      } catch (IOException e) {
        if (tries == TRIES) throw e;
        wait = BACKOFF.delay(tries);
      }
      pause(wait);
    }
  }

  /** @throws IOException if the partner is being stopped */
  void pause(Duration wait) throws IOException, InterruptedException {
    if (stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS)) throw new IOException("stopped while waiting");
  }
}
