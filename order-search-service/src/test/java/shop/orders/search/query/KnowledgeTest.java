package shop.orders.search.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

class KnowledgeTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123456Z");

  @Test
  void everythingThere() {
    says(Optional.of(NOON), Optional.of(Instant.EPOCH), "2026-11-20T12:00:00.123Z", "all", "{\"freshAsOf\":\"2026-11-20T12:00:00.123Z\",\"completeSince\":null,\"complete\":true}");
  }

  @Test
  void partThere_isNeverRoundedTowardsMore() {
    says(
        Optional.of(NOON),
        Optional.of(NOON),
        "2026-11-20T12:00:00.123Z",
        "2026-11-20T12:00:00.124Z",
        "{\"freshAsOf\":\"2026-11-20T12:00:00.123Z\",\"completeSince\":\"2026-11-20T12:00:00.124Z\",\"complete\":false}");
  }

  @Test
  void nothingSure() {
    says(Optional.empty(), Optional.empty(), "unknown", "unknown", "{\"freshAsOf\":null,\"completeSince\":null,\"complete\":false}");
  }

  @Test
  void coverageThatChangesMeanwhile_isTheLesser() {
    var lesser = Knowledge.of(Optional.of(NOON), Optional.of(NOON), Optional.of(NOON));
    assertThat(Knowledge.of(Optional.of(NOON), Optional.of(Instant.EPOCH), Optional.of(NOON))).isEqualTo(lesser);
    assertThat(Knowledge.of(Optional.of(NOON), Optional.of(NOON), Optional.of(Instant.EPOCH))).isEqualTo(lesser);
    assertThat(Knowledge.of(Optional.of(NOON), Optional.of(Instant.EPOCH), Optional.empty()).complete()).isFalse();
  }

  private static void says(Optional<Instant> freshAsOf, Optional<Instant> completeSince, String fresh, String since, String json) {
    var knowledge = Knowledge.of(freshAsOf, completeSince, completeSince);
    var headers = new HttpHeaders();
    knowledge.addTo(headers);
    assertThat(headers.getFirst("X-Search-Fresh-As-Of")).isEqualTo(fresh);
    assertThat(headers.getFirst("X-Search-Complete-Since")).isEqualTo(since);
    assertThat(JsonMapper.shared().writeValueAsString(knowledge)).isEqualTo(json);
  }
}
