package shop.orders.search.index;

import java.util.Map;
import java.util.Set;
import shop.orders.model.OrderKey;

/**
 * What became of each order that was to be indexed; every one is in exactly one of these.
 *
 * @param versions of orders that are in the index now, in this version or a newer one
 * @param skeletons of {@code versions}, those whose document was refused or could not be made, with the reason: found by id, date,
 *     status and total only
 * @param absent not in the store
 * @param unreadable in the store but not to be understood, with the reason; not in the index
 */
public record IndexReport(Map<OrderKey, Long> versions, Map<OrderKey, String> skeletons, Set<OrderKey> absent, Map<OrderKey, String> unreadable) {
  /** Orders that the store has. */
  public int orders() {
    return versions.size() + unreadable.size();
  }
}
