package shop.orders.model;

import java.time.Instant;

/**
 * What Kafka carries: that an order changed, never what is in it, so no personal data. Readers fetch the current order by key.
 *
 * @param status the public name, as text: a reader passes on names it does not know
 * @param version of the order right after the change
 * @param at when the change was decided
 */
public record OrderNotice(String account, String orderId, long version, String status, Instant at) {}
