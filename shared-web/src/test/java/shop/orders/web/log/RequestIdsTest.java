package shop.orders.web.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import shop.orders.model.OrderKey;

class RequestIdsTest {
  private final MockHttpServletRequest request = new MockHttpServletRequest();
  private final MockHttpServletResponse response = new MockHttpServletResponse();
  private Map<String, String> meanwhile = Map.of();

  @Test
  void idThatWasSent_isInLogAndAnswer_andGoneAfterwards() throws Exception {
    request.addHeader("X-Request-Id", "req-1");
    filter("demo", "v1-01");
    assertThat(meanwhile).containsAllEntriesOf(Map.of("requestId", "req-1", "account", "demo", "orderId", "v1-01"));
    assertThat(response.getHeader("X-Request-Id")).isEqualTo("req-1");
    assertThat(ids()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "line\nbreak", "ação", "0123456789012345678901234567890123456789012345678901234567890123456789"})
  void idThatWouldSpoilTheLog_isReplaced(String sent) throws Exception {
    request.addHeader("X-Request-Id", sent);
    filter("demo", null);
    assertThat(response.getHeader("X-Request-Id")).isNotEqualTo(sent).matches("[0-9a-f-]{36}");
  }

  @Test
  void orderIdThatWouldSpoilTheLog_isLeftOut() throws Exception {
    filter("demo", "v1-01\nERROR all is lost");
    assertThat(meanwhile).doesNotContainKey("orderId");
  }

  @Test
  void requestThatGoesOnInAnotherThread_keepsItsId() throws Exception {
    filter("demo", null);
    var first = response.getHeader("X-Request-Id");
    filter("demo", null);
    assertThat(response.getHeader("X-Request-Id")).isEqualTo(first);
  }

  @Test
  void orderInHand_givesWayToTheOneBefore() {
    var outer = new OrderKey("demo", "v1-01");
    LogIds.during(outer, () -> {
      LogIds.during(new OrderKey("other", "v2-01"), () -> assertThat(ids()).isEqualTo(Map.of("account", "other", "orderId", "v2-01")));
      assertThat(ids()).isEqualTo(Map.of("account", "demo", "orderId", "v1-01"));
    });
    assertThat(ids()).isEmpty();
  }

  private void filter(String account, @Nullable String orderId) throws Exception {
    new RequestIds()
        .doFilter(
            request,
            response,
            (asked, answer) -> {
              LogIds.ofRequest(account, orderId);
              meanwhile = ids();
            });
  }

  private static Map<String, String> ids() {
    var all = MDC.getCopyOfContextMap();
    return all == null ? Map.of() : new HashMap<>(all);
  }
}
