/** Orders come in: from the own checkout and from outside marketplaces. */
@NullMarked
package shop.orders.workflow.intake;

import org.jspecify.annotations.NullMarked;
