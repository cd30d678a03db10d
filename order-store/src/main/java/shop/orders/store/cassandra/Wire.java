package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.concurrent.CompletionStage;

/** Where statements leave for the server. A seam: tests lose statements and answers here. */
interface Wire {
  ResultSet execute(Statement<?> statement);

  CompletionStage<AsyncResultSet> executeAsync(Statement<?> statement);

  static Wire of(CqlSession session) {
    return new Wire() {
      @Override
      public ResultSet execute(Statement<?> statement) {
        return session.execute(statement);
      }

      @Override
      public CompletionStage<AsyncResultSet> executeAsync(Statement<?> statement) {
        return session.executeAsync(statement);
      }
    };
  }
}
