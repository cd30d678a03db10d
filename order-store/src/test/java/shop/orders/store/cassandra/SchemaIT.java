package shop.orders.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import shop.orders.store.Racers;

class SchemaIT {
  private static final Migration FIRST = new Migration(1, "0001-first.cql", "CREATE TABLE IF NOT EXISTS {keyspace}.first (id int PRIMARY KEY); -- one");
  private static final Migration SECOND =
      new Migration(2, "0002-second.cql", "CREATE TABLE IF NOT EXISTS {keyspace}.second (\n  id int PRIMARY KEY -- a key\n);\nCREATE TABLE IF NOT EXISTS {keyspace}.third (id int PRIMARY KEY);");

  private final OrderStoreProperties properties = TestKeyspace.newProperties();

  @Test
  void migrate_appliesWhatIsNew_andRecordsIt() {
    try (var session = TestKeyspace.newSession()) {
      new Schema(session, properties, List.of(FIRST)).migrate();
      assertThat(tables(session)).containsExactlyInAnyOrder("first", "schema_migrations");
      new Schema(session, properties, List.of(FIRST, SECOND)).migrate();
      new Schema(session, properties, List.of(FIRST, SECOND)).migrate();
      assertThat(tables(session)).containsExactlyInAnyOrder("first", "second", "third", "schema_migrations");
      var rows = session.execute("SELECT number, name, checksum, holder FROM " + properties.keyspace() + ".schema_migrations").all();
      assertThat(rows).extracting(r -> r.getString("name")).containsExactly("0001-first.cql", "0002-second.cql");
      assertThat(rows).extracting(r -> r.getString("checksum")).containsExactly(FIRST.checksum(), SECOND.checksum());
      assertThat(rows).extracting(r -> r.getString("holder")).containsOnlyNulls();
    }
  }

  @Test
  void migrate_refusesAChangedMigration() {
    try (var session = TestKeyspace.newSession()) {
      new Schema(session, properties, List.of(FIRST)).migrate();
      var changed = new Migration(1, FIRST.name(), FIRST.text() + "\n-- changed");
      assertThatThrownBy(() -> new Schema(session, properties, List.of(changed)).migrate())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("0001-first.cql")
          .hasMessageContaining("must not change");
    }
  }

  @Test
  void migrate_appliesOnceWhenFourStartTogether() {
    var sessions = new ArrayList<CqlSession>();
    for (int i = 0; i < 4; i++) sessions.add(TestKeyspace.newSession());
    try {
      // A table that cannot be created twice: a second run of the migration would fail.
      var once = new Migration(1, "0001-once.cql", "CREATE TABLE {keyspace}.once (id int PRIMARY KEY)");
      Racers.race(
          4,
          i ->
              () -> {
                new Schema(sessions.get(i), properties, List.of(once)).migrate();
                return null;
              });
      assertThat(tables(sessions.get(0))).containsExactlyInAnyOrder("once", "schema_migrations");
    } finally {
      sessions.forEach(CqlSession::close);
    }
  }

  @Test
  void migrate_takesOverFromAHolderThatDied() {
    try (var session = TestKeyspace.newSession()) {
      new Schema(session, properties, List.of(FIRST)).migrate();
      // As a process leaves it that was killed half a minute ago.
      session.execute("UPDATE " + properties.keyspace() + ".schema_migrations USING TTL 3 SET holder = 'dead' WHERE scope = 'orders' IF holder = null");
      new Schema(session, properties, List.of(FIRST, SECOND)).migrate();
      assertThat(tables(session)).contains("second", "third");
    }
  }

  @Test
  void migrate_needsTheKeyspaceWhereItMayNotCreateIt() {
    try (var session = TestKeyspace.newSession()) {
      var p = properties;
      var without =
          new OrderStoreProperties(
              p.keyspace(), false, p.replication(), 1, p.consistency(), p.serialConsistency(), p.requestTimeout(), p.commitDeadline(), p.startupWait());
      assertThatThrownBy(() -> new Schema(session, without, List.of(FIRST)).migrate()).hasMessageContaining("orders.store.create-keyspace");
    }
  }

  private List<String> tables(CqlSession session) {
    return session.execute("SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", properties.keyspace()).map(r -> r.getString(0)).all();
  }
}
