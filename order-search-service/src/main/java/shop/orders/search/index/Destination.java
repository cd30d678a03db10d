package shop.orders.search.index;

import java.util.List;
import java.util.Set;

/** Where documents go. */
sealed interface Destination {
  /** Asked after an order was read, so that one whose generation is missing here was read before that one's rebuild began. */
  List<Integer> generations();

  /** Whether documents of the same version are written again. */
  default boolean overwrites() {
    return false;
  }

  /** Some take no writes while others do. @return whether they are to be left out; otherwise it is waited for */
  default boolean leavesOut(Set<Integer> generations, String why) {
    return false;
  }

  /** All of them took what they were given. */
  default void took(List<Integer> generations) {}

  /** Every generation there is: for changes. */
  record All(Generations all) implements Destination {
    @Override
    public List<Integer> generations() {
      return all.current().written();
    }

    @Override
    public boolean leavesOut(Set<Integer> generations, String why) {
      return all.letGo(generations, why);
    }

    @Override
    public void took(List<Integer> generations) {
      all.fine(generations);
    }
  }

  /** One generation, whoever else is written to: for a rebuild. */
  record One(int generation, boolean overwrites) implements Destination {
    @Override
    public List<Integer> generations() {
      return List.of(generation);
    }
  }
}
