/** Elasticsearch over plain HTTP: whoever judges shares no code with what is judged. */
@NullMarked
package shop.orders.systemtest.elasticsearch;

import org.jspecify.annotations.NullMarked;
