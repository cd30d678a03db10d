package shop.orders.workflow.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import shop.orders.web.trace.OrderTraces;

class PartnerCallsTest {
  private static final URI SLOW = URI.create("http://slow.example.com/x");
  private static final URI OTHER = URI.create("http://other.example.com");
  private static final int LOOKERS = 24;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final PartnerCalls calls = new PartnerCalls("seller", Duration.ofSeconds(1), Duration.ofSeconds(5), meters, OrderTraces.none());

  @Test
  void aPartnerThatAnswersLate_leavesThreadsForTheOthers() throws Exception {
    var pool = Executors.newFixedThreadPool(LOOKERS);
    try {
      var called = new CountDownLatch(LOOKERS / 4);
      var answer = new CountDownLatch(1);
      Callable<String> slow =
          () ->
              calls.call(
                  SLOW,
                  http -> {
                    called.countDown();
                    await(answer);
                    return "late";
                  });
      List<Future<String>> held = new ArrayList<>();
      for (int i = 0; i < LOOKERS / 4; i++) held.add(pool.submit(slow));
      called.await();
      for (int i = 0; i < 50; i++) {
        assertThatThrownBy(() -> calls.call(SLOW, http -> "soon")).isInstanceOfSatisfying(PartnerUnavailable.class, e -> assertThat(e.getClass().getSimpleName()).isEqualTo("PartnerBusy"));
        assertThat(calls.<String>call(OTHER, http -> "at once")).isEqualTo("at once");
      }
      answer.countDown();
      for (var one : held) assertThat(one.get()).isEqualTo("late");
      assertThat(calls.<String>call(SLOW, http -> "soon")).as("what was not sent is no failure").isEqualTo("soon");
      assertThat(meters.get("orders.partner.calls").tag("outcome", "busy").timer().count()).isEqualTo(50);
    } finally {
      pool.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
