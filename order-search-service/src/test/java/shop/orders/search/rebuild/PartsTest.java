package shop.orders.search.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import shop.orders.search.rebuild.Rebuild.Position;

class PartsTest {
  @Test
  void partsDoneOutOfOrder_areNotHandedOutAgain_andBegunOnesAreGoneOnWith() {
    var before = new Parts(5, null);
    for (int i = 0; i < 4; i++) before.take();
    before.begin(10);
    before.done(List.of(), 2, 4, 4, 3);
    before.done(List.of(0, 2), 3, 5, 6, 6);
    before.begin(7);
    assertThat(before.position()).isEqualTo(new Position(5, 1, new TreeSet<>(List.of(2)), new TreeMap<>(Map.of(3, 5L)), 9, 7));

    var after = new Parts(5, before.position());
    assertThat(after.goesOn()).isTrue();
    assertThat(List.of(after.take().getAsInt(), after.take().getAsInt(), after.take().getAsInt())).containsExactly(1, 3, 4);
    assertThat(after.take()).isEmpty();
    assertThat(after.taken(1)).isZero();
    assertThat(after.taken(3)).isEqualTo(5);
    after.done(List.of(4, 3, 1), -1, 0, 0, 2);
    assertThat(after.position()).isEqualTo(new Position(5, 5, new TreeSet<>(), new TreeMap<>(), 11, 0));
  }

  @Test
  void partDoneBefore_isNotHandedOutOnceTheOnesBeforeItAreDone() {
    var before = new Parts(3, null);
    before.done(List.of(1), -1, 0, 0, 0);
    var after = new Parts(3, before.position());
    assertThat(after.take()).hasValue(0);
    after.done(List.of(0), -1, 0, 0, 0);
    assertThat(after.take()).hasValue(2);
  }

  @Test
  void positionOfOtherParts_orOfAnEarlierRelease_isNotGoneOnFrom() {
    var other = new Parts(6, new Position(5, 4, new TreeSet<>(), new TreeMap<>(), 7, 0));
    assertThat(other.goesOn()).isFalse();
    assertThat(other.take()).hasValue(0);
    assertThat(new Parts(5, new Position(5, 4, new TreeSet<>(), null, 0, 3)).take()).hasValue(0);
  }
}
