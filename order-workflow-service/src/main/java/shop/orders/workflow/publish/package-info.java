/** The event log to Kafka: one more cursor. The only package that knows Kafka. */
@NullMarked
package shop.orders.workflow.publish;

import org.jspecify.annotations.NullMarked;
