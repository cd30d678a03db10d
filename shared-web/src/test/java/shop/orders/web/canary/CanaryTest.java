package shop.orders.web.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import shop.orders.store.Lane;
import shop.orders.store.Leases;
import shop.orders.store.memory.InMemoryStore;
import shop.orders.web.status.CanaryStage;
import shop.orders.web.status.Measures;

class CanaryTest {
  private static final Clock CLOCK = Clock.systemUTC();

  private final FakeShop shop = new FakeShop();
  private final Leases leases = new InMemoryStore(CLOCK).stores().leases();
  private final Measures measures = new Measures(CLOCK);
  private final Measures others = new Measures(CLOCK);
  private final Canary canary = canary(measures, shop.properties(false));
  private final Canary other = canary(others, shop.properties(false));

  @AfterEach
  void stop() {
    canary.stop();
    other.stop();
    shop.close();
  }

  @Test
  void oneSends_andTheOtherGoesOnWhenItEnds() {
    canary.start();
    await().atMost(Duration.ofMinutes(1)).until(() -> tells(measures));
    int before = shop.placed();
    other.start();
    canary.stop();
    assertThat(tells(measures)).as("who has ended tells nothing").isFalse();
    await().atMost(Duration.ofMinutes(1)).until(() -> tells(others));
    assertThat(shop.placed()).isGreaterThan(before);
  }

  @Test
  void stopInTheMiddleOfARound_cancelsItsOrder_andGivesTheLeaseBack() {
    shop.hasAntifraud = false;
    canary.start();
    await().atMost(Duration.ofMinutes(1)).until(() -> shop.wasAsked("GET /api/oms/pvt/orders/C0"));
    canary.stop();
    await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(shop.status()).isEqualTo("canceled"));
    await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(leases.acquire(Lane.CANARY, 0, "another", Duration.ofSeconds(1))).isPresent());
  }

  @Test
  void withoutAnAccount_nothingIsSent() {
    var off = canary(measures, bound(Map.of("orders.canary.url", "", "orders.canary.app-key", "", "orders.canary.app-token", "", "orders.canary.every", "10s")));
    off.start();
    assertThat(off.isRunning()).isFalse();
  }

  @Test
  void halfAnAccount_orARhythmTooQuick_isRefused() {
    assertThatThrownBy(() -> bound(Map.of("orders.canary.url", "http://127.0.0.1:1", "orders.canary.app-key", "key"))).hasRootCauseMessage("orders.canary needs url, app-key and app-token, or nothing at all");
    assertThatThrownBy(() -> bound(Map.of("orders.canary.search-url", "http://127.0.0.1:1"))).hasRootCauseMessage("orders.canary needs url, app-key and app-token, or nothing at all");
    assertThatThrownBy(() -> bound(Map.of("orders.canary.every", "4s"))).hasRootCauseMessage("orders.canary.every must be 5s or more, was PT4S");
  }

  private Canary canary(Measures measures, CanaryProperties properties) {
    return new Canary(properties, leases, measures, new SimpleMeterRegistry(), CLOCK);
  }

  private static CanaryProperties bound(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("orders.canary", CanaryProperties.class);
  }

  private static boolean tells(Measures measures) {
    return measures.of(CanaryStage.SEARCH.measure()).reading().isPresent();
  }
}
