package shop.orders.web.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.store.TestClock;

class LogMeterTest {
  private static final Instant START = Instant.parse("2026-11-25T21:00:00Z");
  private static final Logger OURS = LoggerFactory.getLogger("shop.orders.workflow.Anything");
  private static final Logger THEIRS = LoggerFactory.getLogger("org.example.Anything");

  private final TestClock clock = new TestClock(START);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Incidents incidents = new Incidents(clock);
  private final LogMeter meter = new LogMeter(meters, incidents);

  @BeforeEach
  void start() {
    meter.start();
  }

  @AfterEach
  void stop() {
    meter.stop();
  }

  @Test
  void linesThatDifferInTheirValues_areCountedTogether() {
    OURS.warn("order {} waits", "v1-01");
    OURS.warn("order {} waits", "v2-01");
    THEIRS.warn("Connection to node 1 (127.0.0.1:9092) could not be established");
    THEIRS.warn("Connection to node 22 (10.0.0.7:9093) could not be established");
    assertThat(incidents.list()).extracting(Incident::lines).containsExactly(2L, 2L);
    assertThat(incidents.list()).extracting(Incident::example).containsExactly("Connection to node 22 (10.0.0.7:9093) could not be established", "order v2-01 waits");
    for (var incident : incidents.list()) {
      assertThat(meters.get("orders.log.events").tag("fingerprint", incident.fingerprint()).tag("level", "warn").counter().count()).isEqualTo(2);
    }
  }

  @Test
  void anotherException_isAnotherIncident() {
    OURS.error("round failed", new IllegalStateException("a"));
    OURS.error("round failed", new IllegalArgumentException("b"));
    assertThat(incidents.list()).extracting(Incident::message).containsExactly("round failed [java.lang.IllegalArgumentException]", "round failed [java.lang.IllegalStateException]");
  }

  @Test
  void troubleThatComesAgainAfterQuiet_isCountedAsRepeated() {
    OURS.warn("Kafka does not answer");
    clock.advance(Duration.ofMinutes(9));
    OURS.warn("Kafka does not answer");
    assertThat(begun(true)).isZero();
    clock.advance(Duration.ofMinutes(11));
    OURS.warn("Kafka does not answer");
    assertThat(incidents.list())
        .singleElement()
        .satisfies(
            incident -> {
              assertThat(incident.lines()).isEqualTo(3);
              assertThat(incident.times()).isEqualTo(2);
              assertThat(incident.first()).isEqualTo(START);
              assertThat(incident.last()).isEqualTo(START.plus(Duration.ofMinutes(20)));
            });
    assertThat(begun(false)).isEqualTo(1);
    assertThat(begun(true)).isEqualTo(1);
  }

  @Test
  void fingerprintsAndIncidents_areBounded_andTheLatestStay() {
    for (char a = 'a'; a <= 'z'; a++) for (char b = 'a'; b <= 'z'; b++) THEIRS.warn("made up " + a + b);
    assertThat(incidents.list()).hasSize(Incidents.MOST);
    assertThat(incidents.list().get(0).example()).isEqualTo("made up zz");
    assertThat(meters.find("orders.log.events").tag("level", "warn").counters()).hasSize(LogMeter.MOST_PER_LEVEL + 1);
    assertThat(meters.get("orders.log.events").tag("level", "warn").tag("fingerprint", "other").counter().count()).isEqualTo(26 * 26 - LogMeter.MOST_PER_LEVEL);
  }

  @Test
  void informativeLines_areCountedByFingerprintIfOurs_andAreNoIncidents() {
    OURS.info("{} works again", "step-1");
    THEIRS.info("Starting Servlet engine");
    THEIRS.info("Metadata changed");
    assertThat(meters.get("orders.log.events").tag("level", "info").tag("logger", "Anything").counter().count()).isEqualTo(1);
    assertThat(meters.get("orders.log.events").tag("level", "info").tag("logger", "other").counter().count()).isEqualTo(2);
    assertThat(incidents.list()).isEmpty();
  }

  private double begun(boolean again) {
    var counter = meters.find("orders.log.incidents").tag("again", String.valueOf(again)).counter();
    return counter == null ? 0 : counter.count();
  }
}
