package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.Objects;
import java.util.Optional;
import shop.orders.store.Cursors;

final class CassandraCursors implements Cursors {
  private final Cql cql;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement update;

  CassandraCursors(Cql cql) {
    this.cql = cql;
    select = cql.prepare("SELECT state, rev FROM {keyspace}.cursors WHERE account = ? AND consumer = ?");
    insert = cql.prepare("INSERT INTO {keyspace}.cursors (account, consumer, rev, state) VALUES (?, ?, 1, ?) IF NOT EXISTS");
    update = cql.prepare("UPDATE {keyspace}.cursors SET rev = ?, state = ? WHERE account = ? AND consumer = ? IF rev = ?");
  }

  @Override
  public Optional<Cell> read(String account, String consumer) {
    var row = cql.read("reading cursor " + consumer + " of " + account, select.bind(account, consumer)).one();
    return Optional.ofNullable(row).map(r -> new Cell(Objects.requireNonNull(r.getString("state")), r.getLong("rev")));
  }

  @Override
  public boolean replace(String account, String consumer, long expectedRev, String state) {
    var bound = expectedRev == 0 ? insert.bind(account, consumer, state) : update.bind(expectedRev + 1, state, account, consumer, expectedRev);
    return Cql.answered("moving cursor " + consumer + " of " + account + " on from revision " + expectedRev, () -> cql.writeIf(bound).wasApplied());
  }
}
