package shop.orders.search.index;

import java.util.Map;

/**
 * A page of the list was read for somebody: an application event.
 *
 * @param versions of the orders on it by order id, as the index had them
 */
public record PageShown(String account, Map<String, Long> versions) {}
