package shop.orders.workflow.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import shop.orders.store.Lane;
import shop.orders.store.Leases;
import shop.orders.store.Settings;
import shop.orders.testservers.TestServers;
import shop.orders.web.status.Measure;
import shop.orders.workflow.Api;
import shop.orders.workflow.TestWorkflow;
import shop.orders.workflow.WorkflowApplication;
import shop.orders.workflow.lane.LaneWork;
import shop.orders.workflow.lane.ShardWork;
import tools.jackson.databind.JsonNode;

/** The status of a running workflow service, with Kafka, Elasticsearch and search absent, and what the end of the process leaves behind. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WorkflowStatusIT {
  private static final int FROZEN_SHARD = 2;
  private static final MovedClock CLOCK = new MovedClock();
  private static final CountDownLatch THAW = new CountDownLatch(1);
  private static final CountDownLatch ANSWER = new CountDownLatch(1);
  private static volatile boolean frozen;
  private static volatile boolean asked;

  private static ConfigurableApplicationContext context;
  private static Settings settings;
  private static int port;

  @BeforeAll
  static void start() {
    var arguments = new ArrayList<>(List.of("--server.port=0", "--orders.status.every=500ms", "--spring.lifecycle.timeout-per-shutdown-phase=30s"));
    TestWorkflow.properties((name, value) -> arguments.add("--" + name + "=" + value.get()), TestServers.cassandra(), "127.0.0.1:1");
    context =
        new SpringApplicationBuilder(WorkflowApplication.class, Planted.class)
            .initializers(c -> c.getBeanFactory().registerSingleton("others", new WithoutOtherTests()))
            .run(arguments.toArray(String[]::new));
    settings = context.getBean(Settings.class);
    port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
  }

  @AfterAll
  static void end() {
    ANSWER.countDown();
    THAW.countDown();
    context.close();
  }

  @Test
  @Order(1)
  void withAllNeighboursAbsent_readinessIsUp_andWordsSayWhatWorks() {
    var gone = CLOCK.instant().minusSeconds(600);
    settings.save(
        Settings.Kind.PROGRESS, "", "order-search-service/gone",
        "{\"service\":\"order-search-service\",\"process\":\"gone\",\"startedAt\":\"%s\",\"writtenAt\":\"%s\",\"measures\":{}}".formatted(gone, gone));
    await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
      assertThat(state("search")).isEqualTo("DOWN");
      for (var capability : new String[] {"intake", "workflow", "feed", "lookup"}) assertThat(state(capability)).as(capability).isEqualTo("UP");
    });
    assertThat(state("hooks")).isEqualTo("UNKNOWN");
    assertThat(capability("search").path("objective").asString()).isEqualTo("PT4H");
    assertThat(capability("workflow").path("objective").asString()).isEqualTo("PT10M");
    assertThat(capability("search").path("since").asString()).isEqualTo(gone.toString());
    assertThat(capability("search").path("sentence").asString())
        .contains("the search service gives no sign of life")
        .endsWith("Order intake, order processing, your ERP feed and orders by id are not affected.");
    assertThat(capability("workflow").path("sentence").asString()).startsWith("Order processing works. It does not need search");
    assertThat(api().get("/actuator/health/readiness").json().path("status").asString()).isEqualTo("UP");
    assertThat(api().get("/actuator/health/progress").text()).contains("the search service gives no sign of life");
    assertThat(api().get("/status/history").json().at("/changes/0/sentence").asString()).isNotEmpty();
    assertThat(api().get("/actuator/prometheus").text()).contains("orders_status{", "orders_progress_seen_age_seconds{", "measure=\"step/2\"");
  }

  @Test
  @Order(2)
  void page_isPlain_andSaysTheSame() {
    var page = api().send("GET", "/status", null, Map.of("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
    assertThat(page.text()).contains("<b class=\"DOWN\">DOWN</b>", "the search service gives no sign of life").doesNotContain("<script");
    assertThat(api().send("GET", "/status", null, Map.of("Accept", "no such thing")).json().path("capabilities").size()).isEqualTo(7);
  }

  @Test
  @Order(3)
  void oneFrozenShard_isSeen_andIsWellAgainWhenItGoesOn() {
    frozen = true;
    CLOCK.advance(Duration.ofMinutes(2)); // everything else looks again at once; what is frozen is two minutes old
    await().atMost(Duration.ofSeconds(60)).until(() -> state("workflow").equals("STALLED"));
    assertThat(capability("workflow").path("sentence").asString()).contains("some orders are not moved on (step/2)");
    assertThat(state("intake")).isEqualTo("UP");
    frozen = false;
    THAW.countDown();
    await().atMost(Duration.ofSeconds(60)).until(() -> state("workflow").equals("UP"));
  }

  @Test
  @Order(4)
  void endOfTheProcess_givesTheShardsUpBeforeItWaitsForRequests() throws Exception {
    var slow = CompletableFuture.supplyAsync(() -> api().get("/slow").status());
    var leases = context.getBean(Leases.class);
    await().atMost(Duration.ofSeconds(30)).until(() -> asked);
    var end = CompletableFuture.runAsync(context::close);
    for (var lane : new Lane[] {Lane.RELAY, Lane.STEP, Lane.PUBLISH}) {
      for (int shard = 0; shard < Lane.SHARDS; shard++) {
        int which = shard;
        // Far less than the lease could have left.
        await().atMost(Duration.ofSeconds(20)).until(() -> leases.acquire(lane, which, "another", Duration.ofMinutes(1)).isPresent());
      }
    }
    assertThat(slow).isNotDone();
    ANSWER.countDown();
    assertThat(slow.get(30, TimeUnit.SECONDS)).isEqualTo(200);
    end.get(60, TimeUnit.SECONDS);
  }

  private String state(String capability) {
    return capability(capability).path("state").asString();
  }

  private JsonNode capability(String name) {
    for (var each : api().get("/status").json().path("capabilities")) if (each.path("name").asString().equals(name)) return each;
    throw new AssertionError("no " + name);
  }

  private Api api() {
    return new Api(port, Map.of());
  }

  /** The real time, and some. */
  private static final class MovedClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    void advance(Duration by) {
      ahead = ahead.plus(by);
    }

    @Override
    public Instant instant() {
      return Clock.systemUTC().instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
      return Clock.systemUTC().getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** What other tests plant is on the class path too. */
  private static final class WithoutOtherTests extends TypeExcludeFilter {
    @Override
    public boolean match(MetadataReader type, MetadataReaderFactory others) {
      return type.getAnnotationMetadata().hasAnnotation(TestConfiguration.class.getName());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof WithoutOtherTests;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  /** Without an annotation: the service's own scan must not find it. */
  static class Planted {
    @Bean
    @Primary
    Clock movedClock() {
      return CLOCK;
    }

    @Bean
    RouterFunction<ServerResponse> slow() {
      return RouterFunctions.route()
          .GET(
              "/slow",
              request -> {
                asked = true;
                hang(ANSWER);
                return ServerResponse.ok().body("at last");
              })
          .build();
    }

    /** One shard's thread hangs when the test says so. */
    @Bean
    static BeanPostProcessor freezer() {
      return new BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          return bean instanceof LaneWork work && work.lane() == Lane.STEP ? new Freezing(work) : bean;
        }
      };
    }
  }

  private record Freezing(LaneWork work) implements LaneWork {
    @Override
    public Lane lane() {
      return work.lane();
    }

    @Override
    public ShardWork shard(int shard) {
      var real = work.shard(shard);
      return shard == FROZEN_SHARD ? new FrozenShard(real) : real;
    }
  }

  private record FrozenShard(ShardWork real) implements ShardWork {
    @Override
    public void begin() {
      real.begin();
    }

    @Override
    public boolean tick() {
      if (frozen) hang(THAW);
      return real.tick();
    }

    @Override
    public void tell(Measure measure) {
      real.tell(measure);
    }
  }

  private static void hang(CountDownLatch latch) {
    try {
      if (!latch.await(2, TimeUnit.MINUTES)) throw new IllegalStateException("never released");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
