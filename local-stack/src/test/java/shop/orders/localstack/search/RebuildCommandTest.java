package shop.orders.localstack.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the person reads who watches a rebuild. */
class RebuildCommandTest {
  @Test
  void line_beforeTheFirstWave_saysWhatIsWaitedFor() {
    assertThat(line("{\"status\":\"running\",\"waveCount\":3,\"waves\":[]}")).isEqualTo("waiting until every instance knows of it");
  }

  @Test
  void line_inAWave_hasBarRateAndTimeLeft() {
    assertThat(line("{\"waveCount\":3,\"waves\":[{\"wave\":1,\"part\":1},{\"wave\":2,\"part\":0.5,\"orders\":12345,\"perSecond\":987.6,\"secondsLeft\":42}]}"))
        .isEqualTo("wave 2 of 3 [############------------] 12,345 orders, 988 per second, 42 s left");
  }

  @Test
  void line_whileProvenAndHeldBack_saysBoth() {
    assertThat(line("{\"waveCount\":3,\"waves\":[{\"wave\":1,\"part\":1,\"orders\":7,\"perSecond\":7}],\"proving\":true,\"throttle\":{\"share\":0.25}}"))
        .isEqualTo("wave 1 of 3 [########################] 7 orders, 7 per second, being proven, held back to 25 % for the workflow");
  }

  private static String line(String rebuild) {
    return RebuildCommand.line(JsonMapper.shared().readTree(rebuild));
  }
}
