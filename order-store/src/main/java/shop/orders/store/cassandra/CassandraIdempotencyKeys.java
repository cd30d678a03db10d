package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.Objects;
import java.util.function.LongSupplier;
import shop.orders.store.IdempotencyKeys;

final class CassandraIdempotencyKeys implements IdempotencyKeys {
  private final Cql cql;
  private final LongSupplier nanos;
  private final PreparedStatement claim;

  CassandraIdempotencyKeys(Cql cql, LongSupplier nanos) {
    this.cql = cql;
    this.nanos = nanos;
    claim = cql.prepare("INSERT INTO {keyspace}.idempotency_keys (account, key, value) VALUES (?, ?, ?) IF NOT EXISTS USING TTL 604800");
  }

  @Override
  public String claim(String account, String key, String value) {
    // Sent again after a failure: it either finds nothing and binds, or finds what is bound, be it our own.
    var result =
        new Tries("claiming an idempotency key of " + account, cql.properties().commitDeadline(), nanos).until(() -> cql.writeIf(claim.bind(account, key, value)));
    return result.wasApplied() ? value : Objects.requireNonNull(Objects.requireNonNull(result.one()).getString("value"));
  }
}
