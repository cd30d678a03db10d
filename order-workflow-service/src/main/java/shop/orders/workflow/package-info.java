/** Moves orders through antifraud, ERP and shipping, and tells others what happened to them. */
@NullMarked
package shop.orders.workflow;

import org.jspecify.annotations.NullMarked;
