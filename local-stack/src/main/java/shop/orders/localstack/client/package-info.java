/** The order API as a partner sees it: HTTP and JSON, nothing of the store behind it. */
@NullMarked
package shop.orders.localstack.client;

import org.jspecify.annotations.NullMarked;
