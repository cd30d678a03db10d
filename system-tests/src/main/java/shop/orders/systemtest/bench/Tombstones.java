package shop.orders.systemtest.bench;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;

/** The most tombstones that one read of a table met since the server started, as the server's own virtual table says. */
final class Tombstones {
  private Tombstones() {}

  /** By table; a table that was not read is not in it. */
  static Map<String, Long> most(InetSocketAddress cassandra, String keyspace) {
    try (var session = CqlSession.builder().addContactPoint(cassandra).withLocalDatacenter("datacenter1").build()) {
      var most = new TreeMap<String, Long>();
      for (var row : session.execute("SELECT keyspace_name, table_name, count, max FROM system_views.tombstones_per_read")) {
        if (keyspace.equals(row.getString("keyspace_name")) && number(row, "count") > 0) most.put(String.valueOf(row.getString("table_name")), number(row, "max"));
      }
      return most;
    }
  }

  /** Versions of the server differ in whether it is whole. */
  private static long number(Row row, String column) {
    return row.getObject(column) instanceof Number number ? number.longValue() : 0;
  }
}
