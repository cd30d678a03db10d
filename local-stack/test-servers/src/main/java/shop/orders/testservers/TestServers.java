package shop.orders.testservers;

import java.nio.file.Path;
import shop.orders.localstack.server.PrivateDirectories;

/**
 * The real servers for tests: one of each kind per JVM, started when first asked for, empty, on free ports, gone with the JVM.
 * Containers where an engine answers, else processes of the local stack; {@code -Dtest.servers} or {@code TEST_SERVERS} forces either.
 * Whoever kills or freezes a server makes a process of the local stack ({@code new Cassandra(Cassandra.Settings.forTests(directory))}
 * with a {@link #privateDirectory()}) whatever is chosen here: others' tests do not see it, and it keeps its ports, which a container
 * does not. Safe for use by many threads.
 */
public final class TestServers {
  private static final Once<Servers> SERVERS = new Once<>(TestServers::chosen);
  private static final Once<CassandraAddress> CASSANDRA = new Once<>(() -> SERVERS.get().startCassandra());
  private static final Once<KafkaAddress> KAFKA = new Once<>(() -> SERVERS.get().startKafka());
  private static final Once<ElasticsearchAddress> ELASTICSEARCH = new Once<>(() -> SERVERS.get().startElasticsearch());

  private TestServers() {}

  public static CassandraAddress cassandra() {
    return CASSANDRA.get();
  }

  public static KafkaAddress kafka() {
    return KAFKA.get();
  }

  public static ElasticsearchAddress elasticsearch() {
    return ELASTICSEARCH.get();
  }

  /** A new empty directory for a server of one's own; removed when this JVM ends. */
  public static Path privateDirectory() {
    return PrivateDirectories.next();
  }

  private static Servers chosen() {
    var choice = Choice.current();
    System.out.println("[test-servers] " + choice);
    return switch (choice.kind()) {
      case LOCAL_STACK -> new ProcessServers();
      case TESTCONTAINERS -> new ContainerServers();
    };
  }
}
