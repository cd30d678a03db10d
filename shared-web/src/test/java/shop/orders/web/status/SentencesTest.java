package shop.orders.web.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SentencesTest {
  private static final Instant NOW = Instant.parse("2026-11-25T21:10:00Z");
  private static final Instant AT_21_04 = Instant.parse("2026-11-25T21:04:00Z");

  private final Map<Capability, Standing> all = new EnumMap<>(Capability.class);

  SentencesTest() {
    for (var capability : Capability.values()) {
      if (capability.isOffered()) all.put(capability, new Standing(State.UP, NOW, ""));
    }
  }

  @Test
  void everythingWell() {
    assertThat(of(Capability.INTAKE)).isEqualTo("Order intake works.");
    assertThat(of(Capability.WORKFLOW)).isEqualTo("Order processing works.");
    assertThat(of(Capability.FEED)).isEqualTo("The ERP feed works.");
    assertThat(of(Capability.LOOKUP)).isEqualTo("Looking up orders by id works.");
    assertThat(of(Capability.SEARCH)).isEqualTo("Search works.");
    assertThat(of(Capability.HOOKS)).isEqualTo("Hooks are not part of this version.");
    assertThat(of(Capability.EXPORT)).isEqualTo("Export is not part of this version.");
  }

  @Test
  void searchDown_saysThatOrdersGoOn_andEverythingElseSaysSoToo() {
    all.put(Capability.SEARCH, new Standing(State.DOWN, AT_21_04, "Elasticsearch does not answer"));
    assertThat(of(Capability.SEARCH))
        .isEqualTo("Search is down since 21:04 UTC: Elasticsearch does not answer. Order intake, order processing, your ERP feed and orders by id are not affected.");
    assertThat(of(Capability.WORKFLOW)).isEqualTo("Order processing works. It does not need search, and search is down since 21:04 UTC.");
    assertThat(of(Capability.LOOKUP)).isEqualTo("Looking up orders by id works. It does not need search, and search is down since 21:04 UTC.");
  }

  @Test
  void searchBehind_saysSinceWhen() {
    all.put(Capability.SEARCH, new Standing(State.DEGRADED, AT_21_04, "Kafka does not answer, so it shows no changes since then"));
    assertThat(of(Capability.SEARCH))
        .isEqualTo("Search works only in part since 21:04 UTC: Kafka does not answer, so it shows no changes since then. Order intake, order processing, your ERP feed and orders by id are not affected.");
    assertThat(of(Capability.INTAKE)).isEqualTo("Order intake works. It does not need search, and search works only in part since 21:04 UTC.");
  }

  @Test
  void workflowStalled_isNotCalledASearchOutage() {
    all.put(Capability.WORKFLOW, new Standing(State.STALLED, AT_21_04, "some orders are not moved on (step/2)"));
    assertThat(of(Capability.WORKFLOW))
        .isEqualTo("Order processing stands still, at least in part, since 21:04 UTC: some orders are not moved on (step/2). Order intake, your ERP feed, orders by id and search are not affected.");
    assertThat(of(Capability.SEARCH)).isEqualTo("Search works. It shows orders as they are; order processing stands still since 21:04 UTC, so some may not move on.");
    assertThat(of(Capability.INTAKE)).isEqualTo("Order intake works.");
  }

  @Test
  void workflowServiceDown_namesWhatElseIs() {
    for (var capability : Capability.values()) if (capability.isOffered() && capability != Capability.SEARCH) all.put(capability, new Standing(State.DOWN, AT_21_04, "the workflow service gives no sign of life"));
    assertThat(of(Capability.FEED))
        .isEqualTo("The ERP feed is down since 21:04 UTC: the workflow service gives no sign of life. Also affected: order intake, order processing and orders by id. Search is not affected.");
  }

  @Test
  void troubleOfAnEarlierDay_hasItsDate() {
    all.put(Capability.SEARCH, new Standing(State.DOWN, Instant.parse("2026-11-24T21:04:00Z"), "the search service gives no sign of life"));
    assertThat(of(Capability.SEARCH)).startsWith("Search is down since 24 November, 21:04 UTC: the search service gives no sign of life.");
  }

  @Test
  void notKnownYet_isSaid() {
    all.remove(Capability.SEARCH);
    assertThat(of(Capability.SEARCH)).isEqualTo("Search: not known yet, ask again in a minute.");
    all.put(Capability.WORKFLOW, new Standing(State.DOWN, AT_21_04, "x"));
    assertThat(of(Capability.WORKFLOW)).doesNotContain("earch");
  }

  private String of(Capability capability) {
    return new Sentences(all, NOW).of(capability);
  }
}
