package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import shop.orders.store.StoreUnavailable;

/** Sends statements the three ways there are: plain (may be sent again), serial read, conditional (never sent again by the driver). */
final class Cql {
  private final CqlSession session;
  private final Wire wire;
  private final OrderStoreProperties properties;

  Cql(CqlSession session, Wire wire, OrderStoreProperties properties) {
    this.session = session;
    this.wire = wire;
    this.properties = properties;
  }

  OrderStoreProperties properties() {
    return properties;
  }

  CqlSession session() {
    return session;
  }

  /** @param cql with {@code {keyspace}} before each table */
  PreparedStatement prepare(String cql) {
    return session.prepare(cql.replace("{keyspace}", properties.keyspace()));
  }

  /** A plain read. @throws StoreUnavailable if there is no answer */
  ResultSet read(String what, BoundStatement statement) {
    return answered(what, () -> wire.execute(plain(statement)));
  }

  /** Hands every row to {@code sink}, with at most two pages in memory: while one is worked on the next is read. */
  <T> void forEach(String what, BoundStatement statement, Function<Row, T> read, Consumer<T> sink) {
    var coming = readAsync(statement);
    while (true) {
      var page = answered(what, coming::join);
      boolean isLast = !page.hasMorePages();
      if (!isLast) coming = page.fetchNextPage().toCompletableFuture();
      for (var row : page.currentPage()) sink.accept(read.apply(row));
      if (isLast) return;
    }
  }

  /** A read that first settles a conditional write still under way. */
  ResultSet readSerially(BoundStatement statement) {
    return wire.execute(statement.setConsistencyLevel(properties.serialConsistency()).setIdempotent(true));
  }

  /** A plain write under way; writing it twice must be harmless. */
  CompletableFuture<AsyncResultSet> write(BoundStatement statement) {
    return wire.executeAsync(plain(statement)).toCompletableFuture();
  }

  /** Plain reads under way. */
  CompletableFuture<AsyncResultSet> readAsync(BoundStatement statement) {
    return wire.executeAsync(plain(statement)).toCompletableFuture();
  }

  /** A conditional write. A {@link DriverException} says nothing about what became of it, unless {@link #isBug} knows. */
  ResultSet writeIf(BoundStatement statement) {
    return wire.execute(conditional(statement));
  }

  /** A conditional batch, all of one partition. */
  ResultSet writeIf(BatchStatement batch) {
    return wire.execute(conditional(batch));
  }

  private BoundStatement plain(BoundStatement statement) {
    return statement.setConsistencyLevel(properties.consistency()).setIdempotent(true);
  }

  private <S extends Statement<S>> S conditional(S statement) {
    return statement
        .setConsistencyLevel(properties.consistency())
        .setSerialConsistencyLevel(properties.serialConsistency())
        .setIdempotent(false)
        .setExecutionProfileName(DriverSettings.CONDITIONAL);
  }

  /** Leaves out what is null: written as such it would be a tombstone, which every read of its partition steps over. */
  static BoundStatement withoutNulls(BoundStatement insert) {
    var without = insert;
    for (int i = 0; i < insert.size(); i++) if (insert.isNull(i)) without = without.unset(i);
    return without;
  }

  /** Waits for all; each has its own timeout. @throws StoreUnavailable if one failed */
  static void await(String what, Collection<? extends CompletableFuture<?>> all) {
    answered(what, () -> CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join());
  }

  /** Runs {@code request}; no answer becomes {@link StoreUnavailable}, a statement that can never work flies on. */
  static <T> T answered(String what, Supplier<T> request) {
    try {
      return request.get();
    } catch (DriverException e) {
      if (isBug(e)) throw e;
      throw new StoreUnavailable(what + ": " + e.getMessage(), e);
    } catch (CompletionException e) {
      if (e.getCause() instanceof DriverException cause && !isBug(cause)) throw new StoreUnavailable(what + ": " + cause.getMessage(), cause);
      throw e;
    }
  }

  /** The server refused to run it at all, and will refuse again. */
  static boolean isBug(DriverException e) {
    return e instanceof QueryValidationException;
  }
}
