package shop.orders.workflow.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FeedStateJsonTest {
  @Test
  void states_comeBackAsTheyWereWritten() {
    var state = FeedState.from(77).withGaps(Ranges.NONE.with(1, 2).with(5, 9)).rewoundTo(70);
    state.leased().put(60L, new FeedState.Lease(1_764_000_000_000L, 3, 0));
    state.leased().put(71L, new FeedState.Lease(1_764_000_000_001L, 1, 1));
    state.leased().put(75L, new FeedState.Lease(1_764_000_000_000L, 3, 0));
    state.parked().put(50L, new FeedState.Parked(1_763_000_000_000L, 100, 1));
    assertThat(FeedStateJson.read(JsonMapper.shared(), FeedStateJson.write(JsonMapper.shared(), state))).isEqualTo(state);
  }

  @Test
  void statesStoredBefore_areStillRead() {
    var state = FeedStateJson.read(JsonMapper.shared(), "{\"scanned\":7,\"leased\":{\"5\":{\"until\":1764000000000,\"deliveries\":2}}}");
    assertThat(state.scanned()).isEqualTo(7);
    assertThat(state.leased()).containsExactly(Map.entry(5L, new FeedState.Lease(1_764_000_000_000L, 2, 0)));
    assertThat(state.generation()).isZero();
  }

  @Test
  void aReaderThatNeverCommits_keepsASmallCell() {
    var state = FeedState.from(1_002_000);
    LongStream.range(0, 2_000).forEach(i -> state.leased().put(1_000_000 + i, new FeedState.Lease(1_764_000_000_000L + i / 10, 1, 0)));
    assertThat(FeedStateJson.write(JsonMapper.shared(), state)).hasSizeLessThan(12_000);
  }
}
