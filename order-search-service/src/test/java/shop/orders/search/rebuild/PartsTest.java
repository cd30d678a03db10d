package shop.orders.search.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import shop.orders.search.rebuild.Rebuild.Position;

class PartsTest {
  @Test
  void partsDoneOutOfOrder_areNotHandedOutAgain() {
    var before = new Parts(5, null);
    for (int i = 0; i < 4; i++) before.take();
    before.done(0);
    before.done(2);
    assertThat(before.position(7)).isEqualTo(new Position(5, 1, new TreeSet<>(List.of(2)), 7));
    var after = new Parts(5, before.position(7));
    assertThat(List.of(after.take().getAsInt(), after.take().getAsInt(), after.take().getAsInt())).containsExactly(1, 3, 4);
    assertThat(after.take()).isEmpty();
    List.of(4, 3, 1).forEach(after::done);
    assertThat(after.position(0)).isEqualTo(new Position(5, 5, new TreeSet<>(), 0));
  }

  @Test
  void positionOfOtherParts_isNotGoneOnFrom() {
    assertThat(new Parts(6, new Position(5, 4, new TreeSet<>(), 0)).take()).hasValue(0);
  }
}
