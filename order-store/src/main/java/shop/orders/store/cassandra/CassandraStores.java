package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.function.LongSupplier;
import shop.orders.store.StoreUnavailable;
import shop.orders.store.Stores;

/** The ports for a program without Spring. Has a connection of its own; close it. */
public final class CassandraStores implements AutoCloseable {
  private final CqlSession session;
  private final Stores stores;

  private CassandraStores(CqlSession session, Stores stores) {
    this.session = session;
    this.stores = stores;
  }

  /**
   * Connects to a keyspace, which is created or migrated if need be.
   *
   * @param datacenter the local one, {@code datacenter1} for a single server
   * @throws StoreUnavailable if there is no server
   */
  public static CassandraStores open(InetSocketAddress server, String datacenter, String keyspace) {
    var properties = OrderStoreProperties.forKeyspace(keyspace);
    var driver = DriverConfigLoader.programmaticBuilder();
    DriverSettings.apply(driver, properties);
    var session = connect(CqlSession.builder().addContactPoint(server).withLocalDatacenter(datacenter).withConfigLoader(driver.build()), server);
    try {
      new Schema(session, properties, Migration.all()).migrate();
      return new CassandraStores(session, stores(session, Wire.of(session), properties, Clock.systemUTC(), System::nanoTime));
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static CqlSession connect(CqlSessionBuilder session, InetSocketAddress server) {
    try {
      return session.build();
    } catch (AllNodesFailedException e) {
      throw new StoreUnavailable("no Cassandra answers at " + server.getHostString() + ":" + server.getPort(), e);
    }
  }

  /** Every port, on one keyspace that is migrated. */
  static Stores stores(CqlSession session, Wire wire, OrderStoreProperties properties, Clock clock, LongSupplier nanos) {
    var cql = new Cql(session, wire, properties);
    var wakeups = new CassandraWakeups(cql, clock);
    var days = new CassandraOrderDays(cql);
    return new Stores(
        new CassandraOrderStore(cql, wakeups, days, clock, nanos),
        wakeups,
        new CassandraEventLog(cql, nanos),
        new CassandraCursors(cql),
        new CassandraLeases(cql, clock),
        new CassandraSettings(cql),
        new CassandraIdempotencyKeys(cql, nanos),
        new CassandraReceipts(cql),
        new CassandraSequences(cql, nanos),
        days,
        new CassandraOrderScan(cql));
  }

  public Stores stores() {
    return stores;
  }

  @Override
  public void close() {
    session.close();
  }
}
