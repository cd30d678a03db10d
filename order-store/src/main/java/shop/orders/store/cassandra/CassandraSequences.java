package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import shop.orders.store.Sequences;

final class CassandraSequences implements Sequences {
  private final Cql cql;
  private final LongSupplier nanos;
  private final PreparedStatement select;
  private final PreparedStatement update;

  CassandraSequences(Cql cql, LongSupplier nanos) {
    this.cql = cql;
    this.nanos = nanos;
    select = cql.prepare("SELECT next FROM {keyspace}.sequences WHERE account = ?");
    update = cql.prepare("UPDATE {keyspace}.sequences SET next = ? WHERE account = ? IF next = ?");
  }

  @Override
  public long reserve(String account, int count) {
    if (count < 1) throw new IllegalArgumentException("count " + count);
    var tries = new Tries("reserving " + count + " numbers of " + account, cql.properties().commitDeadline(), nanos);
    var next = tries.until(() -> next(cql.read("reading a sequence", select.bind(account))));
    while (true) {
      try {
        var first = next == null ? 1L : next;
        var result = cql.writeIf(update.bind(first + count, account, next));
        if (result.wasApplied()) return first;
        next = next(result);
      } catch (DriverException e) {
        // Perhaps written: then those numbers are lost, which nobody minds.
        tries.failed(e);
      }
      tries.pause();
    }
  }

  private static @Nullable Long next(ResultSet result) {
    var row = result.one();
    return row == null || !row.getColumnDefinitions().contains("next") ? null : row.get("next", Long.class);
  }
}
