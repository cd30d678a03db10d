package shop.orders.workflow.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FeedStateJsonTest {
  private static final Instant SINCE = Instant.parse("2026-11-23T12:00:00Z");

  @Test
  void states_comeBackAsTheyWereWritten() {
    var state = FeedState.from(77, SINCE).withGaps(Ranges.NONE.with(1, 2, 3).with(5, 9, 4)).withTold(Ranges.NONE.with(1, 2, 0)).rewoundTo(70, SINCE.minusSeconds(1));
    state.leased().put(60L, new FeedState.Lease(1_764_000_000_000L, 3, 0, 1_763_000_000_000L));
    state.leased().put(71L, new FeedState.Lease(1_764_000_000_001L, 1, 1, 0));
    state.leased().put(75L, new FeedState.Lease(1_764_000_000_000L, 3, 0, 1_763_000_000_000L));
    state.parked().put(50L, new FeedState.Parked(1_763_000_000_000L, 100, 1, 5));
    assertThat(FeedStateJson.read(JsonMapper.shared(), FeedStateJson.write(JsonMapper.shared(), state))).isEqualTo(state);
  }

  @Test
  void refills_comeBackAsTheyWereWritten() {
    var job = new Refill.Job(0, 9, 8, SINCE, SINCE.plusSeconds(9), "there", 7, 5);
    var told = new Refill.Closed(Ranges.NONE.with(20, 29, 0), null, null, Refill.State.ACKNOWLEDGED, 0);
    var missing = new Refill.Closed(Ranges.NONE.with(30, 39, 5), SINCE, SINCE.plusSeconds(1), Refill.State.INCOMPLETE, 3);
    for (var refill : List.of(new Refill(job, List.of(told, missing), 7, 3), new Refill(job.again(), List.of(), 7, -1), Refill.NONE)) {
      var state = FeedState.from(77, SINCE).with(refill);
      assertThat(FeedStateJson.read(JsonMapper.shared(), FeedStateJson.write(JsonMapper.shared(), state))).isEqualTo(state);
    }
  }

  @Test
  void leasesStoredBeforeGapsWereRefilled_areStillRead() {
    var state = FeedStateJson.read(JsonMapper.shared(), "{\"scanned\":7,\"leased\":[[1764000000000,2,1,3,2]],\"parked\":[[1763000000000,100,0,1]],\"gaps\":[[0,0]]}");
    var lease = new FeedState.Lease(1_764_000_000_000L, 2, 1, 0);
    assertThat(state.leased()).containsExactly(Map.entry(3L, lease), Map.entry(5L, lease));
    assertThat(state.parked()).containsExactly(Map.entry(1L, new FeedState.Parked(1_763_000_000_000L, 100, 0, 0)));
    assertThat(state.gaps()).isEqualTo(Ranges.NONE.with(0, 0, 0));
  }

  @Test
  void statesStoredBefore_areStillRead() {
    var state = FeedStateJson.read(JsonMapper.shared(), "{\"scanned\":7,\"leased\":{\"5\":{\"until\":1764000000000,\"deliveries\":2}}}");
    assertThat(state.scanned()).isEqualTo(7);
    assertThat(state.leased()).containsExactly(Map.entry(5L, new FeedState.Lease(1_764_000_000_000L, 2, 0, 0)));
    assertThat(state.generation()).isZero();
  }

  @Test
  void aReaderThatNeverCommits_keepsASmallCell() {
    var state = FeedState.from(1_002_000, SINCE);
    LongStream.range(0, 2_000).forEach(i -> state.leased().put(1_000_000 + i, new FeedState.Lease(1_764_000_000_000L + i / 10, 1, 0, 1_763_000_000_000L + i / 10)));
    assertThat(FeedStateJson.write(JsonMapper.shared(), state)).hasSizeLessThan(15_000);
  }
}
