/** Order expressions: JSONata on orders' documents, for the filters of feeds and hooks, within a budget no expression can leave. */
@NullMarked
package shop.orders.workflow.expression;

import org.jspecify.annotations.NullMarked;
