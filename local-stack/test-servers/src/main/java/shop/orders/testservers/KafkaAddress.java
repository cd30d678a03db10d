package shop.orders.testservers;

/** @param bootstrapServers host and port; topics are not made by being used */
public record KafkaAddress(String bootstrapServers) {}
