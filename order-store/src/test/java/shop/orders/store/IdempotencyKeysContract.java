package shop.orders.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Holds for every {@link IdempotencyKeys}. */
public interface IdempotencyKeysContract {
  StoreUnderTest underTest();

  private IdempotencyKeys keys() {
    return underTest().stores().idempotencyKeys();
  }

  @Test
  default void claim_bindsOnce() {
    var account = SampleOrders.newAccount();
    assertThat(keys().claim(account, "k", "first")).isEqualTo("first");
    assertThat(keys().claim(account, "k", "second")).isEqualTo("first");
    assertThat(keys().claim(account, "other", "second")).isEqualTo("second");
    assertThat(keys().claim(SampleOrders.newAccount(), "k", "third")).isEqualTo("third");
  }

  @Test
  default void claim_tellsAllRacersTheSame() {
    var account = SampleOrders.newAccount();
    var bound = Racers.race(16, i -> () -> keys().claim(account, "k", "racer " + i));
    assertThat(Set.copyOf(bound)).hasSize(1);
  }
}
