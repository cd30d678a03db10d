package shop.orders.workflow.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import shop.orders.store.EventLog;
import shop.orders.store.LogEntry;
import shop.orders.testservers.TestServers;
import shop.orders.workflow.TestWorkflow;

/** Reading a log back from which retention removed entries. */
@SpringBootTest(webEnvironment = WebEnvironment.NONE)
class RemovedLogIT {
  @Value("${orders.store.keyspace}")
  String keyspace;

  @Autowired EventLog log;
  @Autowired CqlSession session;

  private final String account = "t" + UUID.randomUUID().toString().substring(0, 8);
  private final Instant now = Instant.now();

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    TestWorkflow.properties(registry, TestServers.cassandra(), "127.0.0.1:1");
  }

  @Test
  void aLogRemovedToItsEnd_isReadBackAndAppendedTo() {
    append(1_200);
    session.execute("DELETE FROM " + keyspace + ".event_log WHERE account = ? AND bucket = 0 AND seq >= 0", account);
    var tail = new LogTail(log, account, Clock.systemUTC());
    assertThat(tail.appended("o7", now.minus(Duration.ofHours(1)))).isZero();
    assertThat(log.head(account)).isEqualTo(1_200);
    append(1);
  }

  @Test
  void whatIsLeftAboveWhatWasRemoved_isKnown() {
    append(1_200);
    session.execute("DELETE FROM " + keyspace + ".event_log WHERE account = ? AND bucket = 0 AND seq < 1150", account);
    var tail = new LogTail(log, account, Clock.systemUTC());
    assertThat(tail.appended("o1199", now.minus(Duration.ofHours(1)))).isEqualTo(1);
    assertThat(tail.appended("o7", now.minus(Duration.ofHours(1)))).isZero();
  }

  private void append(int count) {
    var entries = IntStream.range(0, count).mapToObj(i -> new LogEntry("o" + i, 1, "handling", "start-handling", "Fulfillment", "moved", now, now, now)).toList();
    assertThat(log.append(account, log.head(account), entries)).isPresent();
  }
}
