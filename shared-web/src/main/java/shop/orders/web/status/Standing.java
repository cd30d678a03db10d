package shop.orders.web.status;

import java.time.Instant;

/**
 * How a capability stands, and why.
 *
 * @param since when it began to
 * @param cause in words that fit behind a colon; empty where there is nothing to explain
 */
record Standing(State state, Instant since, String cause) {}
