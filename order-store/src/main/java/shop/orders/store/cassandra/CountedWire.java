package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Counts what leaves for the server, in {@code orders.store.statements} by kind. A conditional write costs the server several times a
 * plain one, so the kinds are told apart; further pages of a read are part of it.
 */
final class CountedWire implements Wire {
  private enum Kind {
    /** A batch or a single statement under a condition. */
    CONDITIONAL,
    WRITE,
    READ,
    SERIAL_READ
  }

  private final Wire wire;
  private final Map<Kind, Counter> counters = new EnumMap<>(Kind.class);

  CountedWire(Wire wire, MeterRegistry meters) {
    this.wire = wire;
    for (var kind : Kind.values()) {
      var tag = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
      counters.put(kind, Counter.builder("orders.store.statements").tag("kind", tag).description("Statements sent to Cassandra").register(meters));
    }
  }

  @Override
  public ResultSet execute(Statement<?> statement) {
    count(statement);
    return wire.execute(statement);
  }

  @Override
  public CompletionStage<AsyncResultSet> executeAsync(Statement<?> statement) {
    count(statement);
    return wire.executeAsync(statement);
  }

  private void count(Statement<?> statement) {
    counters.get(kind(statement)).increment();
  }

  private static Kind kind(Statement<?> statement) {
    if (DriverSettings.CONDITIONAL.equals(statement.getExecutionProfileName())) return Kind.CONDITIONAL;
    if (statement.getConsistencyLevel() != null && statement.getConsistencyLevel().isSerial()) return Kind.SERIAL_READ;
    return statement instanceof BoundStatement bound && bound.getPreparedStatement().getQuery().startsWith("SELECT") ? Kind.READ : Kind.WRITE;
  }
}
