package shop.orders.testservers;

import java.nio.file.Path;
import java.util.function.Function;
import shop.orders.localstack.server.Cassandra;
import shop.orders.localstack.server.Elasticsearch;
import shop.orders.localstack.server.Kafka;
import shop.orders.localstack.server.PrivateDirectories;
import shop.orders.localstack.server.RunningServer;

/** Processes of the local stack. */
final class ProcessServers implements Servers {
  @Override
  public CassandraAddress startCassandra() {
    var server = started("cassandra", directory -> new Cassandra(Cassandra.Settings.forTests(directory)));
    return new CassandraAddress(server.contactPoint(), "datacenter1");
  }

  @Override
  public KafkaAddress startKafka() {
    return new KafkaAddress(started("kafka", directory -> new Kafka(Kafka.Settings.forTests(directory))).bootstrapServers());
  }

  @Override
  public ElasticsearchAddress startElasticsearch() {
    var server = started("elasticsearch", directory -> new Elasticsearch(Elasticsearch.Settings.forTests(directory)));
    return new ElasticsearchAddress(server.uri());
  }

  private static <S extends RunningServer> S started(String name, Function<Path, S> maker) {
    var begin = System.nanoTime();
    var server = maker.apply(PrivateDirectories.named(name));
    server.start();
    System.out.printf("[test-servers] %s ready after %.1f s, log %s%n", name, (System.nanoTime() - begin) / 1e9, server.log());
    return server;
  }
}
