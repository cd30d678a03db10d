package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the keyspace to this program's schema, one instance at a time. */
final class Schema {
  private static final Logger log = LoggerFactory.getLogger(Schema.class);

  /** A holder that died is waited for this long at most; one that lives renews before each statement. */
  private static final int LOCK_SECONDS = 60;

  private static final Duration STATEMENT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final CqlSession session;
  private final OrderStoreProperties properties;
  private final List<Migration> migrations;
  private final String table;
  private final String me = UUID.randomUUID().toString();

  Schema(CqlSession session, OrderStoreProperties properties, List<Migration> migrations) {
    this.session = session;
    this.properties = properties;
    this.migrations = migrations;
    this.table = properties.keyspace() + ".schema_migrations";
  }

  /**
   * Applies what was not applied yet.
   *
   * @throws IllegalStateException if a migration that was applied has another content now, or the lock is not to be had
   */
  void migrate() {
    // Each statement would make the driver read the schema again after a second of waiting; once at the end is enough.
    session.setSchemaMetadataEnabled(false);
    try {
      createBookkeeping();
      if (pending().isEmpty()) return;
      lock();
      try {
        // Read again: whoever held the lock before may have done it.
        for (var migration : pending()) apply(migration);
      } finally {
        conditional("UPDATE " + table + " SET holder = null WHERE scope = 'orders' IF holder = ?", me);
      }
    } finally {
      session.setSchemaMetadataEnabled(null);
      session.refreshSchema();
    }
  }

  private void createBookkeeping() {
    if (isReadable()) return;
    if (!hasKeyspace()) {
      if (!properties.createKeyspace()) {
        throw new IllegalStateException("there is no keyspace " + properties.keyspace() + " and orders.store.create-keyspace is off: create it, or turn that on");
      }
      define("CREATE KEYSPACE IF NOT EXISTS " + properties.keyspace() + " WITH replication = " + replication());
    }
    // A given id: two instances that create the table at the same moment on two nodes create the same one.
    var id = UUID.nameUUIDFromBytes(table.getBytes(StandardCharsets.UTF_8));
    define(
        "CREATE TABLE IF NOT EXISTS " + table
            + " (scope text, number int, name text, checksum text, applied_at timestamp, holder text static, PRIMARY KEY ((scope), number))"
            + " WITH id = " + id);
  }

  private boolean hasKeyspace() {
    var named = SimpleStatement.newInstance("SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?", properties.keyspace());
    return session.execute(named).one() != null;
  }

  /** Asks the table itself: the server lists one that is being created a moment before it can be read. */
  private boolean isReadable() {
    try {
      recorded();
      return true;
    } catch (InvalidQueryException absent) {
      return false;
    }
  }

  private String replication() {
    var factors = new HashMap<String, Object>(properties.replication());
    if (factors.isEmpty()) {
      var local = session.getContext().getConfig().getDefaultProfile().getString(DefaultDriverOption.LOAD_BALANCING_LOCAL_DATACENTER, null);
      var name = local != null ? local : session.getMetadata().getNodes().values().iterator().next().getDatacenter();
      factors.put(name, properties.replicationFactor());
    }
    return factors.entrySet().stream().map(e -> "'" + e.getKey() + "': " + e.getValue()).collect(Collectors.joining(", ", "{'class': 'NetworkTopologyStrategy', ", "}"));
  }

  /** What is still to do. */
  private List<Migration> pending() {
    var applied = applied();
    for (var migration : migrations) {
      var checksum = applied.get(migration.number());
      if (checksum != null && !checksum.equals(migration.checksum())) {
        throw new IllegalStateException(
            "migration " + migration.name() + " was applied to keyspace " + properties.keyspace() + " with another content (checksum " + checksum
                + ", here " + migration.checksum() + "): a released migration must not change, add a new one instead");
      }
    }
    return migrations.stream().filter(m -> !applied.containsKey(m.number())).toList();
  }

  private Map<Integer, String> applied() {
    var found = new HashMap<Integer, String>();
    for (var row : recorded()) {
      if (!row.isNull("number")) found.put(row.getInt("number"), row.getString("checksum"));
    }
    return found;
  }

  /** Tried again: while another instance creates the table the server knows its name, and fails on what is behind it. */
  private ResultSet recorded() {
    var select = SimpleStatement.newInstance("SELECT number, checksum FROM " + table + " WHERE scope = 'orders'").setConsistencyLevel(properties.serialConsistency());
    return new Tries("reading which migrations were applied", STATEMENT, System::nanoTime).until(() -> session.execute(select));
  }

  private void lock() {
    var end = System.nanoTime() + PATIENCE.toNanos();
    var said = false;
    while (true) {
      var result = conditional("UPDATE " + table + " USING TTL " + LOCK_SECONDS + " SET holder = ? WHERE scope = 'orders' IF holder = null", me);
      if (result.wasApplied()) return;
      var row = result.one();
      // Ours already: an earlier sending went through after all.
      if (row != null && me.equals(row.getString("holder"))) return;
      if (!said) log.info("another instance is changing the schema of keyspace {}, waiting for it", properties.keyspace());
      said = true;
      if (System.nanoTime() > end) throw new IllegalStateException("the schema lock of keyspace " + properties.keyspace() + " was not to be had in " + PATIENCE);
      pause();
    }
  }

  private void apply(Migration migration) {
    log.info("applying migration {} to keyspace {}", migration.name(), properties.keyspace());
    for (var statement : migration.statements(properties.keyspace())) {
      renew();
      define(statement);
    }
    var recorded =
        session.execute(
            SimpleStatement.newInstance(
                    "BEGIN BATCH"
                        + " UPDATE " + table + " USING TTL " + LOCK_SECONDS + " SET holder = ? WHERE scope = 'orders' IF holder = ?;"
                        + " INSERT INTO " + table + " (scope, number, name, checksum, applied_at) VALUES ('orders', ?, ?, ?, toTimestamp(now()));"
                        + " APPLY BATCH",
                    me, me, migration.number(), migration.name(), migration.checksum())
                .setSerialConsistencyLevel(properties.serialConsistency())
                .setConsistencyLevel(properties.consistency())
                .setExecutionProfileName(DriverSettings.CONDITIONAL));
    if (!recorded.wasApplied()) throw lost();
  }

  private void renew() {
    if (!conditional("UPDATE " + table + " USING TTL " + LOCK_SECONDS + " SET holder = ? WHERE scope = 'orders' IF holder = ?", me, me).wasApplied()) throw lost();
  }

  private IllegalStateException lost() {
    return new IllegalStateException("lost the schema lock of keyspace " + properties.keyspace() + " after more than " + LOCK_SECONDS + " s; start again");
  }

  /** Every step is harmless when done again, so an unknown outcome is met by doing it again. */
  private ResultSet conditional(String cql, Object... values) {
    var statement =
        SimpleStatement.newInstance(cql, values)
            .setSerialConsistencyLevel(properties.serialConsistency())
            .setConsistencyLevel(properties.consistency())
            .setExecutionProfileName(DriverSettings.CONDITIONAL);
    return new Tries("the schema lock of keyspace " + properties.keyspace(), STATEMENT, System::nanoTime).until(() -> session.execute(statement));
  }

  private void define(String statement) {
    var result = new Tries("changing the schema", STATEMENT, System::nanoTime).until(() -> session.execute(SimpleStatement.newInstance(statement).setTimeout(STATEMENT)));
    if (result.getExecutionInfo().isSchemaInAgreement()) return;
    var end = System.nanoTime() + STATEMENT.toNanos();
    while (!session.checkSchemaAgreement()) {
      if (System.nanoTime() > end) throw new IllegalStateException("the nodes do not agree on the schema after " + STATEMENT + ": " + statement);
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while changing the schema", e);
    }
  }
}
