/** A rebuild of the running stack's index, as those who measure it or break it see it. */
@org.jspecify.annotations.NullMarked
package shop.orders.systemtest.rebuild;
