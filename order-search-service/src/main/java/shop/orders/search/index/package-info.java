/** What is in the index, how it gets there and how it is asked. The only Elasticsearch types in the product. */
@NullMarked
package shop.orders.search.index;

import org.jspecify.annotations.NullMarked;
