package shop.orders.localstack.server;

import com.datastax.oss.driver.api.core.CqlSession;

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

  private static CqlSession session(Cassandra server) {
    return CqlSession.builder().addContactPoint(server.contactPoint()).withLocalDatacenter("datacenter1").build();
  }
}
