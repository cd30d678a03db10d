package shop.orders.store;

/** Every port to what is kept, of one kind. Safe for use by many threads. */
public record Stores(
    OrderStore orders,
    Wakeups wakeups,
    EventLog eventLog,
    Cursors cursors,
    Leases leases,
    Settings settings,
    IdempotencyKeys idempotencyKeys,
    Receipts receipts,
    Sequences sequences,
    OrderDays orderDays,
    OrderScan orderScan) {}
