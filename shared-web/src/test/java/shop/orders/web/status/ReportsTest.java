package shop.orders.web.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shop.orders.store.Settings;
import shop.orders.store.TestClock;
import shop.orders.store.memory.InMemoryStore;

class ReportsTest {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00.123456Z");

  private final Settings settings = new InMemoryStore(new TestClock(NOON)).stores().settings();
  private final Reports reports = new Reports(settings);

  @Test
  void report_comesBackAsItWasWritten() {
    var clock = new TestClock(NOON);
    var measures = new Measures(clock);
    measures.of("step/0").open(NOON.minusSeconds(9));
    measures.of("relay/1").done();
    measures.of("relay/1").note("three behind");
    measures.of("gone").idle();
    measures.of("gone").leave();
    measures.of("never told");

    var report = new Report("order-workflow-service", "a", NOON, NOON.plusSeconds(5), measures.read());
    reports.write(report);

    assertThat(reports.read(NOON)).containsExactly(report);
    assertThat(report.measures())
        .isEqualTo(Map.of("step/0", new Reading(NOON, NOON.minusSeconds(9), null, null), "relay/1", new Reading(NOON, null, NOON, "three behind")));
  }

  @Test
  void measure_growsOldWhileNothingIsTold_andKeepsWhatWasDone() {
    var clock = new TestClock(NOON);
    var measure = new Measures(clock).of("ingest");
    measure.done();
    clock.advance(Duration.ofSeconds(30));
    measure.note("Kafka does not answer");
    assertThat(measure.reading()).hasValue(new Reading(NOON, null, NOON, "Kafka does not answer"));

    measure.open(NOON.plusSeconds(20));
    assertThat(measure.reading()).hasValue(new Reading(NOON.plusSeconds(30), NOON.plusSeconds(20), NOON, "Kafka does not answer"));
  }

  @Test
  void reportOfAProcessLongGone_isRemoved_butNotTheLastWordOfAService() {
    var old = NOON.minus(Duration.ofHours(2));
    reports.write(new Report("order-workflow-service", "gone", old, old, Map.of()));
    reports.write(new Report("order-workflow-service", "here", NOON, NOON, Map.of()));
    reports.write(new Report("order-search-service", "last", old, old, Map.of()));

    assertThat(reports.read(NOON)).extracting(Report::process).containsExactlyInAnyOrder("here", "last");
    assertThat(settings.list(Settings.Kind.PROGRESS, "")).containsOnlyKeys("order-workflow-service/here", "order-search-service/last");
  }

  @Test
  void reportOfAnotherRelease_isReadAsFarAsItIsKnown() {
    settings.save(
        Settings.Kind.PROGRESS, "", "order-search-service/b",
        """
        {"service":"order-search-service","process":"b","startedAt":"2026-11-25T12:00:00Z","writtenAt":"2026-11-25T12:00:05Z","load":3,
         "measures":{"ingest":{"seenAt":"2026-11-25T12:00:04Z","colour":"blue"}}}""");
    assertThat(reports.read(NOON))
        .containsExactly(
            new Report(
                "order-search-service", "b", Instant.parse("2026-11-25T12:00:00Z"), Instant.parse("2026-11-25T12:00:05Z"),
                Map.of("ingest", new Reading(Instant.parse("2026-11-25T12:00:04Z"), null, null, null))));
  }
}
