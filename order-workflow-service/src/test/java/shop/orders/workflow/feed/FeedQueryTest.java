package shop.orders.workflow.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import shop.orders.web.ApiError;

class FeedQueryTest {
  @Test
  void names_areInAnyCaseAndEncoded() {
    var query = query("FEED=a%2Db&MaxLot=3&Wait=20&an=demo&flag");
    assertThat(query.feed()).isEqualTo("a-b");
    assertThat(query.maxLot()).isEqualTo(3);
    assertThat(query.waitFor()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void nothingAsked_isTheUnnamedFeedTenAtOnceWithoutWaiting() {
    var query = query(null);
    assertThat(query.feed()).isEmpty();
    assertThat(query.maxLot()).isEqualTo(10);
    assertThat(query.waitFor()).isZero();
    assertThat(query("feed=").feed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"feed=%zz", "feed=a/b", "feed=a.b", "feed=12345678901234567890123456789012345678901", "maxlot=0", "maxlot=11", "maxlot=", "maxlot=x", "wait=21", "wait=-1", "wait=1.5"})
  void whatIsOutOfRange_isRefused(String text) {
    assertThatThrownBy(
            () -> {
              var query = query(text);
              query.feed();
              query.maxLot();
              query.waitFor();
            })
        .isInstanceOf(ApiError.class);
  }

  private static FeedQuery query(@Nullable String text) {
    var request = new MockHttpServletRequest();
    request.setQueryString(text);
    return FeedQuery.of(request);
  }
}
