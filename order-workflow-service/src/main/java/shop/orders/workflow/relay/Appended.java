package shop.orders.workflow.relay;

/** An account's event log has grown, for whoever follows it in this process. */
public record Appended(String account) {}
