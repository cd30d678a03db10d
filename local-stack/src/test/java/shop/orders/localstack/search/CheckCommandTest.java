package shop.orders.localstack.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the person reads who asked whether search holds what the store holds. */
class CheckCommandTest {
  private static final String MISSING = "{\"orders\":21,\"days\":3,\"found\":{\"missing\":2},\"left\":{\"missing\":2},\"examples\":[\"demo/v1-01 is missing\"],\"clean\":false";

  @Test
  void nothingDiffers() {
    assertThat(outcome("{\"orders\":21,\"days\":3,\"clean\":true,\"complete\":false}", false))
        .containsExactly("21 orders on 3 days of accounts compared", "search holds what the store holds");
  }

  @Test
  void someDiffer_inAWholeIndex() {
    assertThat(outcome(MISSING + ",\"complete\":true}", false))
        .containsExactly("21 orders on 3 days of accounts compared", "missing    2", "  demo/v1-01 is missing", "to put it right: --repair");
  }

  @Test
  void someDiffer_whileTheIndexIsFilled_saysThatTheyMayBeOnTheirWay() {
    assertThat(outcome(MISSING + ",\"complete\":false}", false)).contains("orders were still being indexed when this began, and may be there by now: check again");
    assertThat(outcome(MISSING + ",\"complete\":false,\"completeSince\":\"2026-11-01T00:00:00Z\"}", true))
        .contains("missing    2, still 2", "orders created before 2026-11-01T00:00:00Z were still being indexed when this began, and may be there by now: check again");
  }

  private static List<String> outcome(String check, boolean repair) {
    return CheckCommand.outcome(JsonMapper.shared().readTree(check), repair);
  }
}
