package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import shop.orders.store.StoreUnderTest;
import shop.orders.store.TestClock;
import shop.orders.testservers.TestServers;

/** Keyspaces on the real server. */
final class TestKeyspace {
  private TestKeyspace() {}

  /** One store for all tests of this JVM: tables take seconds to make. */
  static StoreUnderTest shared() {
    return Shared.STORE;
  }

  /** Session of the shared store. */
  static CqlSession session() {
    return Shared.SESSION;
  }

  static OrderStoreProperties sharedProperties() {
    return Shared.PROPERTIES;
  }

  static OrderStoreProperties newProperties() {
    return new OrderStoreProperties(
        "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 12),
        true,
        Map.of(),
        1,
        DefaultConsistencyLevel.LOCAL_QUORUM,
        DefaultConsistencyLevel.LOCAL_SERIAL,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofMinutes(2));
  }

  /** A connection of its own, as a service has it; ends with the JVM if it is not closed. */
  static CqlSession newSession() {
    var driver = DriverConfigLoader.programmaticBuilder();
    DriverSettings.apply(driver, newProperties());
    return CqlSession.builder()
        .addContactPoint(TestServers.cassandra().contactPoint())
        .withLocalDatacenter("datacenter1")
        .withConfigLoader(driver.build())
        .build();
  }

  private static final class Shared {
    static final OrderStoreProperties PROPERTIES = newProperties();
    static final CqlSession SESSION = newSession();
    static final StoreUnderTest STORE = open();

    private static StoreUnderTest open() {
      new Schema(SESSION, PROPERTIES, Migration.all()).migrate();
      // Near the server's own clock, which decides on TTLs.
      var clock = new TestClock(Instant.now());
      var wire = new FaultyWire(Wire.of(SESSION));
      return new StoreUnderTest(CassandraStores.stores(SESSION, wire, PROPERTIES, clock, System::nanoTime), wire, clock);
    }
  }
}
