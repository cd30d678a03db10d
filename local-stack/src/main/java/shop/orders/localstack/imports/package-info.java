/** Loads orders with the past they had: the Olist history, and documents of another system. */
@NullMarked
package shop.orders.localstack.imports;

import org.jspecify.annotations.NullMarked;
