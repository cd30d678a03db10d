package shop.orders.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server does that the tables are built around. One of these failing on a new version means: think again. */
class CassandraQuirksIT {
  private static CqlSession session;
  private static String table;
  private String key;

  @BeforeAll
  static void createTable() {
    TestKeyspace.shared();
    session = TestKeyspace.session();
    table = TestKeyspace.sharedProperties().keyspace() + ".quirks";
    session.execute("CREATE TABLE " + table + " (k text, seq int, ver int static, other int static, a text, b text, PRIMARY KEY (k, seq))");
  }

  @BeforeEach
  void newKey() {
    key = UUID.randomUUID().toString();
  }

  @Test
  void conditionalBatch_givesAllRowsOneTimestamp() {
    session.execute(
        "BEGIN BATCH"
            + (" UPDATE " + table + " SET ver = 1 WHERE k = '" + key + "' IF ver = null;")
            + (" INSERT INTO " + table + " (k, seq, a) VALUES ('" + key + "', 1, 'x');")
            + (" INSERT INTO " + table + " (k, seq, a) VALUES ('" + key + "', 2, 'y');")
            + " APPLY BATCH");
    var rows = session.execute("SELECT WRITETIME(a) AS row, WRITETIME(ver) AS header FROM " + table + " WHERE k = ?", key).all();
    assertThat(rows).hasSize(2);
    assertThat(rows).extracting(r -> r.getLong("row")).containsOnly(rows.get(0).getLong("header"));
  }

  @Test
  void conditionalBatch_losesARowThatItDeletesAndInserts() {
    session.execute("INSERT INTO " + table + " (k, seq, a) VALUES (?, 1, 'old') IF NOT EXISTS", key);
    var applied =
        session
            .execute(
                "BEGIN BATCH"
                    + (" UPDATE " + table + " SET ver = 1 WHERE k = '" + key + "' IF ver = null;")
                    + (" DELETE FROM " + table + " WHERE k = '" + key + "' AND seq = 1;")
                    + (" INSERT INTO " + table + " (k, seq, a) VALUES ('" + key + "', 1, 'new');")
                    + " APPLY BATCH")
            .wasApplied();
    assertThat(applied).isTrue();
    assertThat(session.execute("SELECT a FROM " + table + " WHERE k = ? AND seq = 1", key).all()).isEmpty();
  }

  @Test
  void conditionalBatch_cannotSpanPartitions() {
    var batch =
        "BEGIN BATCH"
            + (" UPDATE " + table + " SET ver = 1 WHERE k = '" + key + "' IF ver = null;")
            + (" INSERT INTO " + table + " (k, seq, a) VALUES ('" + key + "-other', 1, 'x');")
            + " APPLY BATCH";
    assertThatThrownBy(() -> session.execute(batch)).isInstanceOf(InvalidQueryException.class).hasMessageContaining("cannot span multiple partitions");
  }

  @Test
  void refusal_returnsOnlyTheConditionsColumns() {
    session.execute("UPDATE " + table + " SET ver = 5, other = 7 WHERE k = ?", key);
    var refused = session.execute("UPDATE " + table + " SET ver = 2 WHERE k = ? IF ver = 1", key);
    assertThat(refused.wasApplied()).isFalse();
    var row = refused.one();
    assertThat(row.getColumnDefinitions()).extracting(c -> c.getName().asInternal()).containsExactly("[applied]", "ver");
    assertThat(row.getInt("ver")).isEqualTo(5);
  }

  @Test
  void renewedTtl_losesColumnsThatWereNotWrittenAgain() {
    session.execute("UPDATE " + table + " USING TTL 2 SET a = 'kept', b = 'lost' WHERE k = ? AND seq = 1", key);
    session.execute("UPDATE " + table + " USING TTL 600 SET a = 'kept' WHERE k = ? AND seq = 1", key);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              var row = session.execute("SELECT a, b FROM " + table + " WHERE k = ? AND seq = 1", key).one();
              assertThat(row.getString("a")).isEqualTo("kept");
              assertThat(row.getString("b")).isNull();
            });
  }
}
