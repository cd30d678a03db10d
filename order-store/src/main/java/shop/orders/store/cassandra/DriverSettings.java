package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import java.time.Duration;

/** What the store needs of the driver, with Spring and without. */
final class DriverSettings {
  /** Profile of conditional statements: never retried, never sent twice. */
  static final String CONDITIONAL = "orders-conditional";

  private DriverSettings() {}

  static void apply(ProgrammaticDriverConfigLoaderBuilder driver, OrderStoreProperties properties) {
    driver
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, properties.requestTimeout())
        // The default waits up to a minute before it tries a node again; the workflow must be back seconds after Cassandra is.
        .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(500))
        .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(5))
        .startProfile(CONDITIONAL)
        .withClass(DefaultDriverOption.RETRY_POLICY_CLASS, NeverRetry.class)
        .endProfile();
  }
}
