package shop.orders.localstack.partners;

import org.jspecify.annotations.Nullable;

/** One event of a feed, as far as a consumer needs it: what it says about the order may be old, the order itself is asked. */
record FeedEvent(String handle, String orderId, @Nullable String state) {}
