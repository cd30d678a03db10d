/** {@code ./oms search}: what an operator asks of the search service. */
@NullMarked
package shop.orders.localstack.search;

import org.jspecify.annotations.NullMarked;
