/** Orders, their statuses, events and documents. Plain Java: every module, and every event ever written, depends on it. */
@NullMarked
package shop.orders.model;

import org.jspecify.annotations.NullMarked;
