package shop.orders.workflow.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import shop.orders.store.EventLog;

/**
 * Several readers of one feed, processes of their own, that are killed at any moment: after they read, before they commit, in the middle of
 * either call. With {@code -Dfeed.events=50000} for as long as one likes.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class FeedReadersIT {
  private static final int EVENTS = Integer.getInteger("feed.events", 5_000);
  private static final int READERS = 4;
  private static final int KILLS = Math.max(10, EVENTS / 500);
  private static final Duration LEASE = Duration.ofSeconds(2);

  @Value("${local.server.port}")
  int port;

  @Autowired EventLog log;

  @TempDir Path directory;

  private final Random random = new Random();
  private FeedUser erp;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    FeedUser.properties(registry); // Kafka and Elasticsearch are not there
  }

  @Test
  void readersThatAreKilled_loseNothing_andWhatIsCommittedStaysAway() throws Exception {
    erp = new FeedUser(port, log);
    erp.configure("", LEASE.toSeconds());
    erp.append("o", EVENTS);
    var readers = new ArrayList<Process>();
    long start = System.nanoTime();
    try {
      for (int i = 0; i < READERS; i++) readers.add(start(i));
      for (int kill = 1; kill <= KILLS; kill++) {
        long enough = (long) EVENTS * kill / (KILLS + 1) - random.nextInt(EVENTS / KILLS / 2);
        await().atMost(Duration.ofMinutes(2)).until(() -> notes() >= enough);
        int unlucky = random.nextInt(READERS);
        readers.get(unlucky).destroyForcibly().waitFor();
        readers.set(unlucky, start(unlucky));
      }
      await().atMost(Duration.ofMinutes(2)).until(() -> notes() >= EVENTS && erp.get("/config").path("quantity").asInt() == 0);
    } finally {
      for (var reader : readers) reader.destroyForcibly().waitFor();
    }
    judge(Duration.ofNanos(System.nanoTime() - start));
  }

  private void judge(Duration took) throws IOException {
    var deliveries = new HashMap<String, List<Long>>();
    var committed = new HashMap<String, Long>();
    var unknown = new HashSet<String>();
    for (int i = 0; i < READERS; i++) {
      for (var line : Files.readAllLines(file(i))) {
        var parts = line.split(" ");
        if (parts.length < 4) continue; // killed while it wrote
        var time = Long.valueOf(parts[2]);
        if (parts[0].equals("got")) deliveries.computeIfAbsent(parts[1], id -> new ArrayList<>()).add(time);
        if (parts[0].equals("commit")) unknown.add(parts[1]);
        if (parts[0].equals("committed")) committed.merge(parts[1], time, Math::min);
      }
    }
    unknown.removeAll(committed.keySet());
    var returned = deliveries.entrySet().stream().filter(e -> committed.containsKey(e.getKey()) && e.getValue().stream().anyMatch(asked -> asked > committed.get(e.getKey()))).map(Map.Entry::getKey).toList();
    long all = deliveries.values().stream().mapToInt(List::size).sum();
    System.out.printf(
        "%d events in %d s, readers killed %d times, %d events delivered more than once, %d deliveries more than needed, %d commits never answered%n",
        EVENTS, took.toSeconds(), KILLS, deliveries.values().stream().filter(d -> d.size() > 1).count(), all - EVENTS, unknown.size());
    assertThat(deliveries).as("none lost").hasSize(EVENTS);
    assertThat(committed.size() + unknown.size()).as("each committed").isEqualTo(EVENTS);
    assertThat(returned).as("committed, and delivered again").isEmpty();
  }

  private Process start(int number) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classes = Path.of(FeedReader.class.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
    var headers = erp.api.headers();
    var command = List.of(
        java, "-XX:TieredStopAtLevel=1", "-cp", classes, FeedReader.class.getName(), "http://127.0.0.1:" + port + "/api/orders/feed", headers.get("X-VTEX-API-AppKey"), headers.get("X-VTEX-API-AppToken"), file(number).toString());
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("readers.log").toFile())).start();
  }

  private Path file(int number) {
    return directory.resolve("reader" + number + ".txt");
  }

  /** How many events all of them were given. */
  private long notes() throws IOException {
    long all = 0;
    for (int i = 0; i < READERS; i++) {
      if (!Files.exists(file(i))) continue;
      try (var lines = Files.lines(file(i))) {
        all += lines.filter(line -> line.startsWith("got")).count();
      }
    }
    return all;
  }
}
