package shop.orders.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class BodiesTest {
  private static final int KB = 1024;

  private final Bodies bodies = new Bodies(1_000 * KB, Duration.ofMillis(1));

  @Test
  void largeBodies_findRoomOnceOthersHaveEnded_andSmallOnesNeedNone() throws IOException {
    var first = request(600, true);
    assertThat(bodies.read(first)).hasSize(600 * KB);
    for (boolean told : new boolean[] {true, false}) {
      var second = request(600, told);
      assertNoRoom(second);
      end(second);
    }
    assertThat(bodies.read(request(64, true))).hasSize(64 * KB);
    assertThat(bodies.read(request(64, false))).hasSize(64 * KB);

    end(first);
    for (int i = 0; i < 3; i++) {
      var next = request(600, i % 2 == 0);
      assertThat(bodies.read(next)).hasSize(600 * KB);
      end(next);
    }
  }

  @Test
  void bodyLargerThanAllRoom_isAloneThere() throws IOException {
    var whole = request(1_500, false);
    assertThat(bodies.read(whole)).hasSize(1_500 * KB);
    assertNoRoom(request(65, true));
    end(whole);
    assertThat(bodies.read(request(1_500, true))).hasSize(1_500 * KB);
  }

  private void assertNoRoom(MockHttpServletRequest request) {
    assertThatThrownBy(() -> bodies.read(request)).isInstanceOfSatisfying(ApiError.class, e -> assertThat(e.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE));
  }

  private void end(MockHttpServletRequest request) {
    bodies.afterCompletion(request, new MockHttpServletResponse(), this, null);
  }

  private static MockHttpServletRequest request(int kilobytes, boolean told) {
    var request =
        new MockHttpServletRequest() {
          @Override
          public long getContentLengthLong() {
            return told ? super.getContentLengthLong() : -1;
          }
        };
    request.setContent(new byte[kilobytes * KB]);
    return request;
  }
}
