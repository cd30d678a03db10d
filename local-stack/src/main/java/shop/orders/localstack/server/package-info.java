/**
 * Real Cassandra, Kafka and Elasticsearch from Maven artifacts, each an operating-system process of its own, for the command line
 * and for tests. Start at {@link shop.orders.localstack.server.RunningServer}.
 */
package shop.orders.localstack.server;
