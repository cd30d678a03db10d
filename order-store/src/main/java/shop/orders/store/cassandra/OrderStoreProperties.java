package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How orders are kept. Where Cassandra is, {@code spring.cassandra.*} says.
 *
 * @param keyspace where the tables are
 * @param createKeyspace whether to create the keyspace when it is absent; turn off where an operator does it
 * @param replication copies per datacenter for a keyspace created here; empty: {@code replicationFactor} in the local one
 * @param replicationFactor copies in the local datacenter, where {@code replication} is empty
 * @param consistency of plain reads and writes, and of what a conditional write leaves behind
 * @param serialConsistency of conditional writes and of the reads that settle them; the same in all processes, always
 * @param requestTimeout for one request; after it the outcome of a write is unknown and is found out
 * @param commitDeadline for finding out; after it {@code StoreUnavailable}
 * @param startupWait how long a starting process waits for Cassandra
 */
@Validated
@ConfigurationProperties("orders.store")
record OrderStoreProperties(
    @DefaultValue("orders") @Pattern(regexp = "[a-z][a-z0-9_]{0,47}") String keyspace,
    @DefaultValue("true") boolean createKeyspace,
    @DefaultValue Map<String, @Positive Integer> replication,
    @DefaultValue("1") @Positive int replicationFactor,
    @DefaultValue("LOCAL_QUORUM") @NotNull DefaultConsistencyLevel consistency,
    @DefaultValue("LOCAL_SERIAL") @NotNull DefaultConsistencyLevel serialConsistency,
    @DefaultValue("5s") @NotNull Duration requestTimeout,
    @DefaultValue("10s") @NotNull Duration commitDeadline,
    @DefaultValue("2m") @NotNull Duration startupWait) {

  /** Every default, for use without Spring. */
  static OrderStoreProperties forKeyspace(String keyspace) {
    return new OrderStoreProperties(
        keyspace,
        true,
        Map.of(),
        1,
        DefaultConsistencyLevel.LOCAL_QUORUM,
        DefaultConsistencyLevel.LOCAL_SERIAL,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofMinutes(2));
  }
}
