/** The ports without a database, for tests: passes the same contract suites as the real store. */
@NullMarked
package shop.orders.store.memory;

import org.jspecify.annotations.NullMarked;
