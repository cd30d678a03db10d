package shop.orders.testservers;

/** A way to run the servers. Each call starts one, returns when it answers, and sees to it that it ends with this JVM. */
interface Servers {
  CassandraAddress startCassandra();

  KafkaAddress startKafka();

  ElasticsearchAddress startElasticsearch();
}
