package shop.orders.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shop.orders.store.EventLogContract;
import shop.orders.store.Lane;
import shop.orders.store.Receipts;
import shop.orders.store.SampleOrders;
import shop.orders.store.Settings;
import shop.orders.store.Stores;

/** What goes over the wire, and how. */
class SentStatementsIT {
  private final Queue<Statement<?>> sent = new ConcurrentLinkedQueue<>();
  private final AtomicLong nanos = new AtomicLong();
  private int slowBatches;
  private Stores stores;

  @BeforeEach
  void open() {
    var shared = TestKeyspace.shared();
    var wire = Wire.of(TestKeyspace.session());
    var recording =
        new Wire() {
          @Override
          public ResultSet execute(Statement<?> statement) {
            sent.add(statement);
            if (statement instanceof BatchStatement && slowBatches-- > 0) {
              nanos.addAndGet(Duration.ofSeconds(6).toNanos());
              throw new DriverTimeoutException("made up by a test");
            }
            return wire.execute(statement);
          }

          @Override
          public CompletionStage<AsyncResultSet> executeAsync(Statement<?> statement) {
            sent.add(statement);
            return wire.executeAsync(statement);
          }
        };
    stores = CassandraStores.stores(TestKeyspace.session(), recording, TestKeyspace.sharedProperties(), shared.clock(), nanos::get);
  }

  @Test
  void orders_areWrittenUnderAConditionOnly() {
    writeEverything();
    var writes = sent.stream().filter(s -> queries(s).anyMatch(q -> writes(q, "orders"))).toList();
    assertThat(writes).hasSize(3);
    assertThat(writes).allSatisfy(s -> assertThat(queries(s).findFirst().orElseThrow()).contains(" IF ver = ? AND epoch = ?"));
    assertThat(writes).allSatisfy(s -> assertThat(queries(s)).noneMatch(q -> q.startsWith("DELETE") || q.contains("USING TTL")));
  }

  @Test
  void conditionalStatements_areNeverSentAgainByTheDriver() {
    writeEverything();
    var conditional = sent.stream().filter(s -> queries(s).anyMatch(q -> q.contains(" IF "))).toList();
    assertThat(conditional).hasSizeGreaterThan(8);
    assertThat(conditional)
        .allSatisfy(
            s -> {
              assertThat(s.isIdempotent()).isFalse();
              assertThat(s.getExecutionProfileName()).isEqualTo(DriverSettings.CONDITIONAL);
              assertThat(s.getSerialConsistencyLevel()).isEqualTo(TestKeyspace.sharedProperties().serialConsistency());
            });
    var config = TestKeyspace.session().getContext().getConfig().getProfile(DriverSettings.CONDITIONAL);
    assertThat(config.getString(DefaultDriverOption.RETRY_POLICY_CLASS)).isEqualTo(NeverRetry.class.getName());
    assertThat(TestKeyspace.session().getContext().getRetryPolicy(DriverSettings.CONDITIONAL)).isInstanceOf(NeverRetry.class);
    assertThat(TestKeyspace.session().getContext().getSpeculativeExecutionPolicy(DriverSettings.CONDITIONAL).getClass().getSimpleName())
        .isEqualTo("NoSpeculativeExecutionPolicy");
  }

  @Test
  void commit_writesWakeupsBeforeItsBatch() {
    stores.orders().commit(SampleOrders.placement(SampleOrders.newKey()));
    assertThat(kinds()).startsWith("wakeup", "wakeup").endsWith("batch");
    assertThat(kinds()).filteredOn("wakeup"::equals).hasSize(2);
  }

  @Test
  void commit_writesNewWakeupsWhenTheFirstAreOld() {
    slowBatches = 1;
    stores.orders().commit(SampleOrders.placement(SampleOrders.newKey()));
    assertThat(kinds()).filteredOn(k -> !k.equals("other")).containsExactly("wakeup", "wakeup", "batch", "wakeup", "wakeup", "batch");
  }

  @Test
  void inserts_leaveNoTombstones() {
    writeEverything();
    var inserts = sent.stream().flatMap(SentStatementsIT::bound).filter(s -> s.getPreparedStatement().getQuery().startsWith("INSERT")).toList();
    assertThat(inserts).hasSizeGreaterThan(8);
    for (var insert : inserts) {
      for (int i = 0; i < insert.size(); i++) assertThat(insert.isSet(i) && insert.isNull(i)).as(insert.getPreparedStatement().getQuery()).isFalse();
    }
  }

  private static Stream<BoundStatement> bound(Statement<?> statement) {
    if (statement instanceof BoundStatement one) return Stream.of(one);
    return statement instanceof BatchStatement batch ? StreamSupport.stream(batch.spliterator(), false).map(BoundStatement.class::cast) : Stream.of();
  }

  private List<String> kinds() {
    return sent.stream().map(s -> s instanceof BatchStatement ? "batch" : queries(s).anyMatch(q -> writes(q, "wakeups")) ? "wakeup" : "other").toList();
  }

  private void writeEverything() {
    var account = SampleOrders.newAccount();
    var order = SampleOrders.placed(stores.orders(), SampleOrders.newKey(account));
    stores.orders().commit(SampleOrders.approval(order));
    stores.orders().seal(order.key(), 6);
    stores.eventLog().append(account, 0, EventLogContract.entries("a", 1));
    stores.cursors().replace(account, "c", 0, "{}");
    stores.cursors().replace(account, "c", 1, "{}");
    stores.leases().release(stores.leases().acquire(Lane.PUBLISH, 99, account, Duration.ZERO).orElseThrow());
    stores.settings().save(Settings.Kind.FEED, account, "k", "{}");
    stores.idempotencyKeys().claim(account, "k", "v");
    stores.receipts().save(new Receipts.Entry(UUID.randomUUID(), order.key(), "cancel", SampleOrders.NOON, null));
    stores.sequences().reserve(account, 1);
  }

  private static boolean writes(String query, String table) {
    var name = TestKeyspace.sharedProperties().keyspace() + "." + table + " ";
    return Stream.of("INSERT INTO ", "UPDATE ", "DELETE FROM ").anyMatch(verb -> query.startsWith(verb + name));
  }

  private static Stream<String> queries(Statement<?> statement) {
    return bound(statement).map(s -> s.getPreparedStatement().getQuery());
  }
}
