package shop.orders.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnceTest {
  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void value_isMadeOnce() {
    var once = new Once<>(calls::incrementAndGet);
    assertThat(calls).hasValue(0);
    assertThat(once.get()).isEqualTo(1);
    assertThat(once.get()).isEqualTo(1);
  }

  @Test
  void failure_isRememberedToo() {
    var once = new Once<Integer>(() -> {
      throw new IllegalStateException("no " + calls.incrementAndGet());
    });
    assertThatThrownBy(once::get).hasMessage("no 1");
    assertThatThrownBy(once::get).hasMessage("no 1");
  }
}
