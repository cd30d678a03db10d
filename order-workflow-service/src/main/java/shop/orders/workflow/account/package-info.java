/** Merchants' accounts, their keys and partners. */
@NullMarked
package shop.orders.workflow.account;

import org.jspecify.annotations.NullMarked;
