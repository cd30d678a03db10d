package shop.orders.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AllocationTest {
  @Test
  void split_givesTheCentToTheLargestRemainder() {
    assertThat(Allocation.split(100, weights(1, 1, 1))).containsExactly(34, 33, 33);
    assertThat(Allocation.split(100, weights(1, 2, 3))).containsExactly(17, 33, 50);
    assertThat(Allocation.split(-100, weights(1, 1, 1))).containsExactly(-34, -33, -33);
    assertThat(Allocation.split(5, weights(0, 0))).containsExactly(3, 2);
    assertThat(Allocation.split(0, weights())).isEmpty();
    assertThatThrownBy(() -> Allocation.split(1, weights())).isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void split_losesNoCentAndIsNeverOffByOne(
      @ForAll @LongRange(min = -Ledger.LARGEST, max = Ledger.LARGEST) long total,
      @ForAll @Size(min = 1, max = 40) List<@LongRange(min = 0, max = Ledger.LARGEST) Long> given) {
    var weights = given.stream().map(BigInteger::valueOf).toArray(BigInteger[]::new);
    var parts = Allocation.split(total, weights);
    assertThat(Arrays.stream(parts).sum()).isEqualTo(total);
    var sum = Arrays.stream(weights).reduce(BigInteger.ZERO, BigInteger::add);
    if (sum.signum() == 0) return;
    for (int i = 0; i < parts.length; i++) {
      var off = BigInteger.valueOf(parts[i]).multiply(sum).subtract(BigInteger.valueOf(total).multiply(weights[i])).abs();
      assertThat(off).isLessThan(sum);
    }
  }

  private static BigInteger[] weights(long... weights) {
    return Arrays.stream(weights).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new);
  }
}
