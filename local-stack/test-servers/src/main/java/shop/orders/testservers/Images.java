package shop.orders.testservers;

import shop.orders.localstack.server.ServerVersions;

/** The images of docker-compose.yml, of the versions the local stack runs. */
final class Images {
  static final String CASSANDRA = "cassandra:" + ServerVersions.of("cassandra");
  static final String KAFKA = "apache/kafka:" + ServerVersions.of("kafka");
  static final String ELASTICSEARCH = "elasticsearch:" + ServerVersions.of("elasticsearch");

  private Images() {}
}
