package shop.orders.localstack.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CassandraIT implements RunningServerContract<Cassandra> {
  @Override
  public Cassandra newServer() {
    return new Cassandra(Cassandra.Settings.forTests(PrivateDirectories.next()));
  }

  @Override
  public void write(Cassandra server, String value) {
    try (var session = session(server)) {
      session.execute("CREATE KEYSPACE k WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
      session.execute("CREATE TABLE k.t (id int PRIMARY KEY, value text)");
      session.execute("INSERT INTO k.t (id, value) VALUES (1, ?) IF NOT EXISTS", value);
    }
  }

  @Override
  public String read(Cassandra server) {
    try (var session = session(server)) {
      return session.execute("SELECT value FROM k.t WHERE id = 1").one().getString(0);
    }
  }

  /** A commit log that is synced behind the answers keeps nothing of the last 100 ms, and of more on a busy machine. */
  @Test
  void killedUnderLoad_keepsEveryWriteItAcknowledged() {
    try (var server = newServer()) {
      server.start();
      write(server, "first");
      Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
      writeUntilKilled(server, acknowledged);
      server.start();
      assertThat(ids(server)).containsAll(acknowledged);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void threadsThatNap_areWokenLate() throws IOException {
    try (var server = newServer()) {
      server.start();
      assertThat(Files.readString(Path.of("/proc/" + server.process().pid().orElseThrow() + "/timerslack_ns"))).contains(Long.toString(Cassandra.TIMER_SLACK_NANOS));
    }
  }

  private static void writeUntilKilled(Cassandra server, Set<Integer> acknowledged) {
    var next = new AtomicInteger(1);
    try (var session = session(server)) {
      var insert = session.prepare("INSERT INTO k.t (id, value) VALUES (?, 'x')");
      var writers = Executors.newFixedThreadPool(8);
      for (var writer = 0; writer < 8; writer++) {
        writers.execute(() -> {
          try {
            while (true) {
              var id = next.incrementAndGet();
              session.execute(insert.bind(id));
              acknowledged.add(id);
            }
          } catch (DriverException killed) {
            assertThat(acknowledged).isNotEmpty();
          }
        });
      }
      Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> acknowledged.size() > 2000);
      server.kill();
      writers.shutdownNow();
    }
  }

  private static Set<Integer> ids(Cassandra server) {
    try (var session = session(server)) {
      return session.execute("SELECT id FROM k.t").all().stream().map(row -> row.getInt(0)).collect(Collectors.toSet());
    }
  }

  private static CqlSession session(Cassandra server) {
    return CqlSession.builder().addContactPoint(server.contactPoint()).withLocalDatacenter("datacenter1").build();
  }
}
