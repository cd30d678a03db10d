package shop.orders.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import shop.orders.search.index.Generations.Since;
import shop.orders.search.index.Generations.State;
import tools.jackson.databind.json.JsonMapper;

class GenerationsTest {
  private static final Instant THEN = Instant.parse("2026-11-30T10:00:00Z");
  private static final Instant LATER = THEN.plusSeconds(10);

  private final JsonMapper json = JsonMapper.builder().build();

  @Test
  void whatWasLeftBecauseItSeemedDead_isKeptUntilTheNewOneIsBuilt() {
    var left = written(new State(2, null, new Since(1, THEN), List.of(), 2).begun().switched(THEN, false));
    assertThat(left.read()).isEqualTo(3);
    assertThat(left.kept()).containsExactly(3);
    assertThat(left.deletable(LATER)).extracting(Since::generation).as("the one before is nobody's").containsExactly(1);
    assertThat(left.deletable(THEN)).isEmpty();
    assertThat(left.with(null).deletable(LATER)).extracting(Since::generation).containsExactly(1, 2);
    assertThat(left.cancelled(THEN).deletable(LATER)).extracting(Since::generation).containsExactly(1, 2);
  }

  @Test
  void whatWasRetiredByAnEarlierRelease_isDeleted() {
    var state = json.readValue("{\"read\":3,\"building\":{\"generation\":4,\"held\":false,\"again\":false},\"retired\":[{\"generation\":2,\"since\":\"2026-11-30T10:00:00Z\"}],\"newest\":4}", State.class);
    assertThat(state.deletable(LATER)).containsExactly(new Since(2, THEN));
  }

  private State written(State state) {
    var read = json.readValue(json.writeValueAsString(state), State.class);
    assertThat(read).isEqualTo(state);
    return read;
  }
}
