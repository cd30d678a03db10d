package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.protocol.internal.util.Bytes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import shop.orders.model.OrderKey;
import shop.orders.store.KeptDocument;
import shop.orders.store.OrderDays;

final class CassandraOrderDays implements OrderDays {
  /** What {@link #kept} reads. */
  static final String KEPT = "account, created_at, order_id, document_version, document";

  private static final String OF_A_DAY = " FROM {keyspace}.orders_by_day WHERE account IN ? AND day = ? AND slice IN ?";

  // All slices at once: most days of most accounts have none or few orders, and a request costs more than they.
  private static final List<Byte> ALL_SLICES = IntStream.range(0, SLICES).mapToObj(slice -> (byte) slice).toList();

  private static final int PAGE_KEYS = 5_000;

  /** Documents have some kilobytes each. */
  static final int PAGE_DOCUMENTS = 500;

  /**
   * Up to so many rows of a day are asked for without paging: slices are read side by side then, for half of the processor time, where pages
   * are gathered slice after slice. Each slice may have as many in the server's memory.
   */
  private static final int FEW = 500;

  /** Accounts asked for in one statement at first. Of most it has few orders or none. */
  private static final int ACCOUNTS = 10;

  private static final int WRITES_AT_ONCE = 128;

  private final Cql cql;
  private final PreparedStatement insert;
  private final OfDay select;
  private final OfDay selectKept;
  private final PreparedStatement keep;

  CassandraOrderDays(Cql cql) {
    this.cql = cql;
    insert = cql.prepare("INSERT INTO {keyspace}.orders_by_day (account, day, slice, created_at, order_id) VALUES (?, ?, ?, ?, ?)");
    select = new OfDay("created_at, order_id", PAGE_KEYS);
    selectKept = new OfDay(KEPT, PAGE_DOCUMENTS);
    keep =
        cql.prepare(
            "UPDATE {keyspace}.orders_by_day USING TIMESTAMP ? SET document_version = ?, document = ?"
                + " WHERE account = ? AND day = ? AND slice = ? AND created_at = ? AND order_id = ?");
  }

  /** The write under way. */
  CompletableFuture<AsyncResultSet> write(OrderKey key, Instant createdAt) {
    return cql.write(insert.bind(key.account(), day(createdAt), (byte) OrderDays.slice(key), createdAt, key.orderId()));
  }

  private static LocalDate day(Instant createdAt) {
    return LocalDate.ofInstant(createdAt, ZoneOffset.UTC);
  }

  @Override
  public void read(String account, LocalDate day, Consumer<CreatedOrder> sink) {
    select.forEach(
        List.of(account),
        day,
        ALL_SLICES,
        row -> new CreatedOrder(new OrderKey(account, Objects.requireNonNull(row.getString("order_id"))), Objects.requireNonNull(row.getInstant("created_at"))),
        sink);
  }

  @Override
  public void readKept(Collection<String> accounts, LocalDate day, Consumer<KeptDocument> sink) {
    readKept(accounts, day, ALL_SLICES, sink);
  }

  @Override
  public void readKept(Collection<String> accounts, LocalDate day, int slice, Consumer<KeptDocument> sink) {
    readKept(accounts, day, List.of((byte) slice), sink);
  }

  private void readKept(Collection<String> accounts, LocalDate day, List<Byte> slices, Consumer<KeptDocument> sink) {
    // As the server does with partitions of one statement, so that halves of it come in the same order as the whole.
    var all = accounts.stream().sorted().toList();
    for (int from = 0; from < all.size(); from += ACCOUNTS) selectKept.forEach(all.subList(from, Math.min(all.size(), from + ACCOUNTS)), day, slices, CassandraOrderDays::kept, sink);
  }

  /** @param row with {@link #KEPT} */
  static KeptDocument kept(Row row) {
    var json = row.getByteBuffer("document");
    return new KeptDocument(
        new OrderKey(Objects.requireNonNull(row.getString("account")), Objects.requireNonNull(row.getString("order_id"))),
        Objects.requireNonNull(row.getInstant("created_at")),
        row.getLong("document_version"),
        json == null ? null : Bytes.getArray(json));
  }

  @Override
  public void keep(Collection<KeptDocument> documents) {
    var all = List.copyOf(documents);
    for (int from = 0; from < all.size(); from += WRITES_AT_ONCE) {
      var some = all.subList(from, Math.min(all.size(), from + WRITES_AT_ONCE));
      Cql.await("keeping " + some.size() + " documents", some.stream().map(each -> cql.write(keep(each))).toList());
    }
  }

  private BoundStatement keep(KeptDocument document) {
    var key = document.key();
    var json = ByteBuffer.wrap(Objects.requireNonNull(document.json()));
    return keep.bind(document.version(), document.version(), json, key.account(), day(document.createdAt()), (byte) OrderDays.slice(key), document.createdAt(), key.orderId());
  }

  private final class OfDay {
    private final int page;
    private final PreparedStatement few;
    private final PreparedStatement all;

    OfDay(String columns, int page) {
      this.page = page;
      few = cql.prepare("SELECT " + columns + OF_A_DAY + " LIMIT " + FEW);
      all = cql.prepare("SELECT " + columns + OF_A_DAY);
    }

    <T> void forEach(List<String> accounts, LocalDate day, List<Byte> slices, Function<Row, T> read, Consumer<T> sink) {
      var what = "reading orders of " + day + " of " + accounts;
      var rows = Cql.answered(what, () -> cql.read(what, few.bind(accounts, day, slices).setPageSize(FEW)).all());
      if (rows.size() < FEW) {
        rows.forEach(row -> sink.accept(read.apply(row)));
      } else if (accounts.size() == 1) {
        cql.forEach(what, all.bind(accounts, day, slices).setPageSize(page), read, sink);
      } else {
        int half = accounts.size() / 2;
        forEach(accounts.subList(0, half), day, slices, read, sink);
        forEach(accounts.subList(half, accounts.size()), day, slices, read, sink);
      }
    }
  }
}
