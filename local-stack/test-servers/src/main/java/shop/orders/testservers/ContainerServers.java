package shop.orders.testservers;

import java.net.URI;
import org.testcontainers.cassandra.CassandraContainer;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.elasticsearch.ElasticsearchContainer;
import org.testcontainers.kafka.KafkaContainer;

/** Containers with heaps as small as those of the processes. Testcontainers removes them when this JVM has ended. */
final class ContainerServers implements Servers {
  @Override
  public CassandraAddress startCassandra() {
    var server = started(new CassandraContainer(Images.CASSANDRA).withEnv("MAX_HEAP_SIZE", "512M"));
    return new CassandraAddress(server.getContactPoint(), server.getLocalDatacenter());
  }

  @Override
  public KafkaAddress startKafka() {
    var server = new KafkaContainer(Images.KAFKA)
        .withEnv("KAFKA_HEAP_OPTS", "-Xms256M -Xmx256M")
        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
        .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
    return new KafkaAddress(started(server).getBootstrapServers());
  }

  @Override
  public ElasticsearchAddress startElasticsearch() {
    var server = new ElasticsearchContainer(Images.ELASTICSEARCH)
        .withEnv("ES_JAVA_OPTS", "-Xms512m -Xmx512m")
        .withEnv("xpack.security.enabled", "false");
    return new ElasticsearchAddress(URI.create("http://" + started(server).getHttpHostAddress()));
  }

  private static <C extends GenericContainer<?>> C started(C container) {
    var begin = System.nanoTime();
    container.start();
    System.out.printf("[test-servers] %s ready after %.1f s%n", container.getDockerImageName(), (System.nanoTime() - begin) / 1e9);
    return container;
  }
}
