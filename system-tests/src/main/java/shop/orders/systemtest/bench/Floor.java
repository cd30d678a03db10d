package shop.orders.systemtest.bench;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import shop.orders.store.cassandra.CassandraStores;

/**
 * What the bare database does: the driver alone writes and reads, for made-up orders, what the product must for real ones. Tables, statements,
 * consistency, rows and documents are the product's own: the rows are copies of orders it has just carried through. No JSON, no HTTP, no
 * rules; and no thread waits, so that only {@code inFlight} bounds how much is under way.
 *
 * <p>An order: claim of its idempotency key, then a decision each to place, approve, start handling and invoice. A decision reads the
 * order, writes wakeups and document, and then its conditional batch; approve and invoice read the documents too, as both need them. Every
 * event is appended to a log, grouped, by one writer.
 */
final class Floor implements AutoCloseable {
  private static final String ACCOUNT = "bench";
  private static final String DATACENTER = "datacenter1";
  /** Orders are placed and approved before a round of transitions. */
  private static final int READY = 2;

  private final CqlSession session;
  private final String keyspace;
  private final List<OrderRows> patterns;
  private final Semaphore room;
  private final int inFlight;
  private final FloorLog log;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final PreparedStatement claim;
  private final PreparedStatement read;
  private final PreparedStatement documents;
  private final PreparedStatement wakeup;
  private final PreparedStatement document;
  private final PreparedStatement day;
  private final PreparedStatement place;
  private final PreparedStatement advance;
  private final PreparedStatement event;
  private long made;

  private Floor(CqlSession session, String keyspace, List<OrderRows> patterns, int inFlight) {
    this.session = session;
    this.keyspace = keyspace;
    this.patterns = patterns;
    this.inFlight = inFlight;
    this.room = new Semaphore(inFlight);
    this.log = new FloorLog(session, keyspace, ACCOUNT);
    // Statements as the product's order-store has them.
    claim = prepare("INSERT INTO %s.idempotency_keys (account, key, value) VALUES (?, ?, ?) IF NOT EXISTS USING TTL 604800");
    read = prepare("SELECT seq, ver, epoch, cmd_id, at, body FROM %s.orders WHERE account = ? AND order_id = ?");
    documents = prepare("SELECT rev, body, customer FROM %s.order_docs WHERE account = ? AND order_id = ?");
    wakeup = prepare("INSERT INTO %s.wakeups (lane, shard, bucket, due_at, account, order_id, ver) VALUES (?, ?, ?, ?, ?, ?, ?) USING TTL 604800");
    document = prepare("INSERT INTO %s.order_docs (account, order_id, rev, body, customer) VALUES (?, ?, ?, ?, ?)");
    day = prepare("INSERT INTO %s.orders_by_day (account, day, slice, created_at, order_id) VALUES (?, ?, ?, ?, ?)");
    place = prepare("UPDATE %s.orders SET ver = ?, epoch = ?, status = ?, last_change = ?, doc_rev = ?"
        + " WHERE account = ? AND order_id = ? IF ver = ? AND epoch = ?");
    advance = prepare("UPDATE %s.orders SET ver = ?, epoch = ?, status = ?, last_change = ?"
        + " WHERE account = ? AND order_id = ? IF ver = ? AND epoch = ?");
    event = prepare("INSERT INTO %s.orders (account, order_id, seq, cmd_id, type, at, body) VALUES (?, ?, ?, ?, ?, ?, ?)");
  }

  /**
   * @param orders to be copied, invoiced ones of {@code account}
   * @param inFlight orders at one time
   */
  static Floor open(InetSocketAddress cassandra, String account, List<String> orders, int inFlight) {
    var keyspace = "bench_" + Long.toString(System.currentTimeMillis(), 36);
    CassandraStores.open(cassandra, DATACENTER, keyspace).close(); // makes the product's tables
    var session = bareDriver(cassandra);
    return new Floor(session, keyspace, OrderRows.read(session, "orders", account, orders), inFlight);
  }

  /** The driver as it comes, but for patience with a full machine. */
  static CqlSession bareDriver(InetSocketAddress cassandra) {
    var driver = DriverConfigLoader.programmaticBuilder()
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(10))
        .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, Duration.ofSeconds(20));
    return CqlSession.builder().addContactPoint(cassandra).withLocalDatacenter(DATACENTER).withConfigLoader(driver.build()).build();
  }

  /** An order that was begun: its first decisions are written. */
  record Begun(String orderId, OrderRows rows) {}

  /** Orders that are ready for handling; not timed. */
  List<Begun> prepare(int orders) throws InterruptedException {
    var begun = new ArrayList<Begun>();
    for (int i = 0; i < orders; i++) {
      var one = next();
      begun.add(one);
      play(() -> decisions(one, 0, READY));
    }
    settle();
    return begun;
  }

  /** Start-handling and invoice of each. @return transitions per second */
  double transitions(List<Begun> orders) throws InterruptedException {
    long begin = System.nanoTime();
    for (var one : orders) play(() -> decisions(one, READY, one.rows().decisions().size()));
    settle();
    return 2 * orders.size() / ((System.nanoTime() - begin) / 1e9);
  }

  /** @return whole orders per second */
  double wholeOrders(int orders) throws InterruptedException {
    long begin = System.nanoTime();
    for (int i = 0; i < orders; i++) {
      var one = next();
      play(() -> claim(one).thenCompose(claimed -> decisions(one, 0, one.rows().decisions().size())));
    }
    settle();
    return orders / ((System.nanoTime() - begin) / 1e9);
  }

  /** Takes the tables along. */
  @Override
  public void close() {
    log.close();
    session.execute("DROP KEYSPACE " + keyspace);
    session.close();
  }

  String inWords() {
    return "%d orders at one time; copies of %d orders with %.1f decisions, %.1f events, %,.0f bytes of events and %,.0f of documents on average".formatted(
        inFlight, patterns.size(),
        patterns.stream().mapToInt(rows -> rows.decisions().size()).average().orElse(0),
        patterns.stream().mapToInt(OrderRows::events).average().orElse(0),
        patterns.stream().mapToInt(OrderRows::eventBytes).average().orElse(0),
        patterns.stream().mapToInt(OrderRows::documentBytes).average().orElse(0));
  }

  private Begun next() {
    long number = made++;
    return new Begun("v" + (100_000 + number) + "demo-01", patterns.get((int) (number % patterns.size())));
  }

  private interface Play {
    CompletableFuture<?> begin();
  }

  /** Begins when there is room. */
  private void play(Play play) throws InterruptedException {
    room.acquire();
    play.begin().whenComplete((done, broken) -> {
      if (broken != null) failure.compareAndSet(null, broken);
      room.release();
    });
  }

  /** Waits until everything begun is done and in the log. */
  private void settle() throws InterruptedException {
    room.acquire(inFlight);
    room.release(inFlight);
    log.await();
    var broken = failure.get();
    if (broken != null) throw new IllegalStateException("the floor failed: " + broken, broken);
  }

  private CompletableFuture<?> claim(Begun one) {
    var key = UUID.randomUUID().toString();
    return send(conditional(claim.bind(ACCOUNT, key, one.orderId() + " d41d8cd98f00b204e9800998ecf8427e"))).thenApply(Floor::applied);
  }

  private CompletableFuture<?> decisions(Begun one, int from, int to) {
    return from == to ? CompletableFuture.completedFuture(null) : decision(one, from).thenCompose(done -> decisions(one, from + 1, to));
  }

  private CompletableFuture<?> decision(Begun one, int index) {
    var decision = one.rows().decisions().get(index);
    return readFor(one, index)
        .thenCompose(read -> writeBefore(one, decision, index))
        .thenCompose(written -> send(conditional(batch(one, decision))))
        .thenAccept(result -> {
          applied(result);
          log.add(one.orderId(), decision.events());
        });
  }

  private CompletableFuture<?> readFor(Begun one, int index) {
    if (index == 0) return CompletableFuture.completedFuture(null);
    var order = send(plain(read.bind(ACCOUNT, one.orderId()))).thenAccept(rows -> rows.currentPage().forEach(row -> row.getString("body")));
    boolean needsDocument = index == 1 || index == one.rows().decisions().size() - 1;
    return needsDocument ? order.thenCompose(known -> send(plain(documents.bind(ACCOUNT, one.orderId())))) : order;
  }

  private CompletableFuture<?> writeBefore(Begun one, OrderRows.Decision decision, int index) {
    var writes = new ArrayList<CompletableFuture<?>>();
    writes.add(wakeup("RELAY", one, decision));
    if (index == 0) {
      writes.add(wakeup("STEP", one, decision));
      writes.add(send(plain(day.bind(ACCOUNT, LocalDate.now(ZoneOffset.UTC), (byte) Math.floorMod(one.orderId().hashCode(), 8), Instant.now(), one.orderId()))));
    }
    if (decision.document() != null) {
      var blobs = decision.document();
      writes.add(send(plain(document.bind(ACCOUNT, one.orderId(), blobs.revision(), blobs.body(), blobs.customer()))));
    }
    return CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<?> wakeup(String lane, Begun one, OrderRows.Decision decision) {
    var now = Instant.now();
    // As the product: one relay shard for an account, steps spread by order.
    var shard = (byte) Math.floorMod((lane.equals("RELAY") ? ACCOUNT : one.orderId()).hashCode(), 4);
    return send(plain(wakeup.bind(lane, shard, now.getEpochSecond() / 60, now, ACCOUNT, one.orderId(), decision.baseVersion())));
  }

  private BatchStatement batch(Begun one, OrderRows.Decision decision) {
    var batch = BatchStatement.builder(BatchType.UNLOGGED);
    var now = Instant.now();
    long version = decision.baseVersion() + decision.events().size();
    if (decision.baseVersion() == 0) {
      batch.addStatement(place.bind(version, 0L, "payment-pending", now, one.rows().documentRevision(), ACCOUNT, one.orderId(), null, null));
    } else {
      batch.addStatement(advance.bind(version, 0L, "handling", now, ACCOUNT, one.orderId(), decision.baseVersion(), 0L));
    }
    var command = UUID.randomUUID();
    for (var each : decision.events()) batch.addStatement(event.bind(ACCOUNT, one.orderId(), each.version(), command, each.type(), now, each.body()));
    return batch.build();
  }

  private static @Nullable Void applied(AsyncResultSet result) {
    if (!result.wasApplied()) throw new IllegalStateException("a conditional write of the floor was refused, though nobody else writes there");
    return null;
  }

  private CompletableFuture<AsyncResultSet> send(Statement<?> statement) {
    return session.executeAsync(statement).toCompletableFuture();
  }

  private static <S extends Statement<S>> S plain(S statement) {
    return statement.setConsistencyLevel(DefaultConsistencyLevel.LOCAL_QUORUM).setIdempotent(true);
  }

  static <S extends Statement<S>> S conditional(S statement) {
    return statement.setConsistencyLevel(DefaultConsistencyLevel.LOCAL_QUORUM).setSerialConsistencyLevel(DefaultConsistencyLevel.LOCAL_SERIAL).setIdempotent(false);
  }

  private PreparedStatement prepare(String cql) {
    return session.prepare(cql.formatted(keyspace));
  }
}
