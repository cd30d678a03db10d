package shop.orders.workflow.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import shop.orders.store.EventLog;

/** The consumer that the integrator's guide shows, as its own process, killed while it works. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class FeedGuideIT {
  private static final Path CONSUMER = Path.of("..", "docs", "examples", "FeedConsumer.java").toAbsolutePath().normalize();
  private static final int EVENTS = 3_000;
  private static final int KILLS = 2;

  @Value("${local.server.port}")
  int port;

  @Autowired EventLog log;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    FeedUser.properties(registry);
  }

  @Test
  void consumer_hasEveryEventThoughItIsKilled(@TempDir Path directory) throws IOException, InterruptedException {
    var erp = new FeedUser(port, log);
    erp.configure("", 2);
    erp.append("o", EVENTS);
    var file = directory.resolve("events.txt");
    for (int kill = 1; kill <= KILLS; kill++) {
      int enough = kill * EVENTS / (KILLS + 1);
      var consumer = start(erp, file, directory);
      try {
        await().atMost(Duration.ofSeconds(90)).until(() -> orders(file).size() >= enough);
      } finally {
        consumer.destroyForcibly().waitFor();
      }
    }
    assertThat(erp.get("/config").path("quantity").asInt()).as("it was killed before the end").isPositive();
    var consumer = start(erp, file, directory);
    try {
      await().atMost(Duration.ofSeconds(90)).until(() -> erp.get("/config").path("quantity").asInt() == 0);
    } finally {
      consumer.destroyForcibly().waitFor();
    }
    assertThat(orders(file)).hasSize(EVENTS).containsAll(IntStream.range(0, EVENTS).mapToObj(i -> "o" + i).toList());
  }

  private Process start(FeedUser erp, Path file, Path directory) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var headers = erp.api.headers();
    var command = List.of(
        java, CONSUMER.toString(), "http://127.0.0.1:" + port, headers.get("X-VTEX-API-AppKey"), headers.get("X-VTEX-API-AppToken"), file.toString());
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(directory.resolve("consumer.log").toFile()).start();
  }

  /** Whole lines' orders: a killed writer may leave half a line, and its event comes again. */
  private static Set<String> orders(Path file) throws IOException {
    if (!Files.exists(file)) return Set.of();
    return Files.readString(file).lines().map(line -> line.split(" ")).filter(parts -> parts.length == 3).map(parts -> parts[1]).collect(Collectors.toSet());
  }
}
