package shop.orders.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Duration QUICK = Duration.ofMillis(100);
  private static final Duration SLOW = Duration.ofSeconds(3);

  private final AtomicLong nanos = new AtomicLong();
  private final Pace pace = new Pace(1000, 4, new SimpleMeterRegistry(), nanos::get);

  @Test
  void serverThatTakesLongForAnyRequest_isStillGivenManyDocumentsWithEach() {
    times(20, SLOW);
    nanos.set(0);
    long documents = 0;
    while (nanos.get() < Duration.ofMinutes(5).toNanos()) {
      documents += pace.documents();
      answered(SLOW);
    }
    // What three consumers may have in hand, which must be done before their group thinks them dead.
    assertThat(documents).isGreaterThan(3 * 500);
  }

  @Test
  void slowServer_getsFewerDocuments_andMoreAgainOnceItIsQuick() {
    answered(SLOW);
    assertThat(pace.documents()).isEqualTo(500);
    times(20, SLOW);
    assertThat(pace.documents()).isEqualTo(100);
    times(20, QUICK);
    assertThat(pace.documents()).isEqualTo(1000);
  }

  @Test
  void serverThatSaysItIsTooMuch_getsAsFewAsOne_andManyAgainHoweverSlowItIs() {
    for (int i = 0; i < 20; i++) pace.begin().tooMuch();
    assertThat(pace.documents()).isEqualTo(1);
    times(5, SLOW);
    assertThat(pace.documents()).isEqualTo(100);
  }

  @Test
  void fewDocumentsAtMost_areNeverExceeded() {
    var few = new Pace(40, 4, new SimpleMeterRegistry(), nanos::get);
    for (int i = 0; i < 20; i++) {
      var request = few.begin();
      nanos.addAndGet(SLOW.toNanos());
      request.kept();
      assertThat(few.documents()).isEqualTo(40);
    }
  }

  private void times(int count, Duration each) {
    for (int i = 0; i < count; i++) answered(each);
  }

  private void answered(Duration after) {
    var request = pace.begin();
    nanos.addAndGet(after.toNanos());
    request.kept();
  }
}
