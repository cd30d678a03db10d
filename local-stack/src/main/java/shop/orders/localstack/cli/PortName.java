package shop.orders.localstack.cli;

import java.util.Locale;

/** Every port the local stack listens on. */
enum PortName {
  FRONT_DOOR(8080),
  ORDER_WORKFLOW_SERVICE(8081),
  ORDER_SEARCH_SERVICE(8082),
  PARTNERS(8090),
  CASSANDRA(9042),
  /** Between Cassandra nodes. */
  CASSANDRA_STORAGE(7000),
  KAFKA(9092),
  KAFKA_CONTROLLER(9093),
  ELASTICSEARCH(9200),
  /** Between Elasticsearch nodes. */
  ELASTICSEARCH_TRANSPORT(9300);

  private final int usual;

  PortName(int usual) {
    this.usual = usual;
  }

  int usual() {
    return usual;
  }

  /** The name in options and in the settings file, such as {@code front-door}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String environmentVariable() {
    return "OMS_PORT_" + name();
  }

  static PortName of(String text) {
    for (var each : values()) if (each.toString().equals(text)) return each;
    throw new IllegalArgumentException(text);
  }
}
