package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import shop.orders.store.BatchFaults;

/** Really sends what is to be sent, but lets a test lose requests and answers. */
final class FaultyWire implements Wire, BatchFaults {
  private final Wire wire;
  private final Queue<Line> orders = new ConcurrentLinkedQueue<>();
  private final Queue<Line> appends = new ConcurrentLinkedQueue<>();
  private volatile boolean losing;

  FaultyWire(Wire wire) {
    this.wire = wire;
  }

  @Override
  public ResultSet execute(Statement<?> statement) {
    if (statement instanceof BatchStatement batch) {
      var first = ((BoundStatement) batch.iterator().next()).getPreparedStatement().getQuery();
      var line = (first.contains(".orders ") ? orders : appends).poll();
      if (line != null) line.send(() -> wire.execute(statement));
      if (line != null || losing) throw new DriverTimeoutException("made up by a test");
    }
    return wire.execute(statement);
  }

  @Override
  public CompletionStage<AsyncResultSet> executeAsync(Statement<?> statement) {
    return wire.executeAsync(statement);
  }

  @Override
  public void nextBatch(Line line) {
    orders.add(line);
  }

  @Override
  public void nextAppend(Line line) {
    appends.add(line);
  }

  @Override
  public void loseAllBatches() {
    losing = true;
  }

  @Override
  public void heal() {
    losing = false;
  }
}
