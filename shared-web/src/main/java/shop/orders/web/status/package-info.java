/** What works and what does not, by capability, told from what every process reports of its work. */
@NullMarked
package shop.orders.web.status;

import org.jspecify.annotations.NullMarked;
