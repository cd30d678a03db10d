/** {@code GET /api/oms/pvt/orders}: from VTEX's parameters to a closed query and back to VTEX's answer. */
@NullMarked
package shop.orders.search.query;

import org.jspecify.annotations.NullMarked;
