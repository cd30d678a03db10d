package shop.orders.workflow.feed;

/** A feed's reader was here, and something is missing that was not fetched from the orders yet. */
record GapOpen(FeedKey feed) {}
