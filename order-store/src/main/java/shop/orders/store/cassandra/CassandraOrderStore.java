package shop.orders.store.cassandra;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.model.Decision;
import shop.orders.model.Order;
import shop.orders.model.OrderEvent;
import shop.orders.model.OrderKey;
import shop.orders.store.CommitOutcome;
import shop.orders.store.FoundOrder;
import shop.orders.store.Lane;
import shop.orders.store.OrderCommit;
import shop.orders.store.OrderHeader;
import shop.orders.store.OrderStore;
import shop.orders.store.Wakeup;

final class CassandraOrderStore implements OrderStore {
  private static final Logger log = LoggerFactory.getLogger(CassandraOrderStore.class);

  /** A wakeup older than this may have been looked at, found nothing, and be closed before its batch is sent. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  /** Of one page, and of a coordinator's work at one time. */
  private static final int HEADERS_AT_ONCE = 100;

  private final Cql cql;
  private final OrderBatch batch;
  private final WholeOrders whole;
  private final CassandraWakeups wakeups;
  private final CassandraOrderDays days;
  private final Clock clock;
  private final LongSupplier nanos;
  private final KnownOrders known = new KnownOrders();
  private final PreparedStatement all;
  private final PreparedStatement from;
  private final PreparedStatement after;
  private final PreparedStatement header;
  private final PreparedStatement headers;
  private final PreparedStatement documents;
  private final PreparedStatement writeDocument;

  CassandraOrderStore(Cql cql, CassandraWakeups wakeups, CassandraOrderDays days, Clock clock, LongSupplier nanos) {
    this.cql = cql;
    this.wakeups = wakeups;
    this.days = days;
    this.clock = clock;
    this.nanos = nanos;
    batch = new OrderBatch(cql);
    whole = new WholeOrders(cql);
    all = cql.prepare("SELECT seq, ver, epoch, cmd_id, at, body FROM {keyspace}.orders WHERE account = ? AND order_id = ?");
    from = cql.prepare("SELECT seq, ver, epoch, cmd_id, at, body FROM {keyspace}.orders WHERE account = ? AND order_id = ? AND seq >= ?");
    after = cql.prepare("SELECT seq, cmd_id, at, body FROM {keyspace}.orders WHERE account = ? AND order_id = ? AND seq > ?");
    header = cql.prepare("SELECT DISTINCT account, order_id, ver, epoch, status, created_at FROM {keyspace}.orders WHERE account = ? AND order_id = ?");
    headers = cql.prepare("SELECT DISTINCT account, order_id, ver, epoch, status, created_at FROM {keyspace}.orders WHERE account = ? AND order_id IN ?");
    documents = cql.prepare("SELECT rev, body, customer FROM {keyspace}.order_docs WHERE account = ? AND order_id = ?");
    writeDocument = cql.prepare("INSERT INTO {keyspace}.order_docs (account, order_id, rev, body, customer) VALUES (?, ?, ?, ?, ?)");
  }

  @Override
  public Optional<Order> find(OrderKey key) {
    return Cql.answered(
        "reading order " + key,
        () -> {
          var order = grown(key).or(() -> OrderPartition.read(key, cql.read("", all.bind(key.account(), key.orderId()))).order());
          order.ifPresent(known::keep);
          return order;
        });
  }

  @Override
  public Optional<Order> findAfter(OrderKey key, long version) {
    var order = known.find(key);
    return order != null && order.version() > version ? Optional.of(order) : find(key);
  }

  private Optional<Order> grown(OrderKey key) {
    var before = known.find(key);
    if (before == null) return Optional.empty();
    return KnownOrders.grown(before, OrderPartition.read(key, cql.read("", from.bind(key.account(), key.orderId(), before.version()))));
  }

  @Override
  public Map<String, Map<String, @Nullable Object>> documents(OrderKey key) {
    return Cql.answered(
        "reading the documents of order " + key,
        () -> DocumentBlobs.read(cql.read("", documents.bind(key.account(), key.orderId()))));
  }

  @Override
  public List<FoundOrder> findWhole(String account, Collection<String> orderIds) {
    return whole.read(account, orderIds);
  }

  @Override
  public Optional<OrderHeader> header(OrderKey key) {
    var row = cql.read("reading the header of order " + key, header.bind(key.account(), key.orderId())).one();
    return Optional.ofNullable(row).map(Headers::read);
  }

  @Override
  public List<OrderHeader> headers(Collection<OrderKey> keys) {
    var reading = new ArrayList<CompletableFuture<AsyncResultSet>>();
    keys.stream()
        .collect(Collectors.groupingBy(OrderKey::account, Collectors.mapping(OrderKey::orderId, Collectors.toList())))
        .forEach(
            (account, ids) -> {
              for (int from = 0; from < ids.size(); from += HEADERS_AT_ONCE) {
                reading.add(cql.readAsync(headers.bind(account, ids.subList(from, Math.min(ids.size(), from + HEADERS_AT_ONCE)))));
              }
            });
    Cql.await("reading " + keys.size() + " headers", reading);
    var found = new ArrayList<OrderHeader>();
    for (var each : reading) each.join().currentPage().forEach(row -> found.add(Headers.read(row)));
    return found;
  }

  @Override
  public List<OrderEvent> eventsAfter(OrderKey key, long version) {
    return Cql.answered(
        "reading events of order " + key, () -> cql.read("", after.bind(key.account(), key.orderId(), version)).map(OrderPartition::event).all());
  }

  @Override
  public CommitOutcome commit(OrderCommit commit) {
    var decision = commit.decision();
    var key = decision.key();
    var tries = tries("writing command " + decision.commandId() + " on order " + key);
    var announced = writeBefore(commit);
    Long epoch = decision.baseVersion() == 0 && decision.epoch() == 0 ? null : (Long) decision.epoch();
    while (true) {
      if (nanos.getAsLong() - announced > FRESH.toNanos()) announced = announce(commit);
      try {
        if (batch.write(decision, epoch).wasApplied()) {
          var result = result(decision, epoch);
          known.keep(result);
          return new CommitOutcome.Applied(result);
        }
      } catch (DriverException e) {
        tries.failed(e);
        log.info("outcome of command {} on order {} is unknown, finding out: {}", decision.commandId(), key, e.toString());
      }
      // Refused or unknown: what stands in the partition decides, since a refusal may come from an earlier sending of our own.
      var partition = tries.until(() -> OrderPartition.read(key, cql.readSerially(all.bind(key.account(), key.orderId()))));
      var landed = partition.leftBy(decision.commandId(), decision.baseVersion());
      if (landed.isPresent()) return new CommitOutcome.Applied(landed.get());
      if (partition.version() != decision.baseVersion()) return new CommitOutcome.Conflict();
      if (!same(partition.epoch(), epoch)) {
        if (decision.baseVersion() > 0) return new CommitOutcome.Conflict();
        // A new order whose partition was sealed: whoever did that has closed the wakeup too.
        epoch = partition.epoch();
        announced = announce(commit);
      }
      tries.pause();
    }
  }

  @Override
  public boolean seal(OrderKey key, long version) {
    var tries = tries("sealing order " + key + " at version " + version);
    var found = tries.until(() -> OrderPartition.read(key, cql.readSerially(all.bind(key.account(), key.orderId()))));
    var before = found.epoch() == null ? -1 : found.epoch();
    while (true) {
      if (found.version() != version) return false;
      // Raised since we looked first: by us, without an answer, or by somebody sealing the same; either will do.
      if (found.epoch() != null && found.epoch() > before) return true;
      try {
        if (batch.seal(key, version == 0 ? null : (Long) version, found.epoch()).wasApplied()) return true;
      } catch (DriverException e) {
        tries.failed(e);
        tries.pause();
      }
      found = tries.until(() -> OrderPartition.read(key, cql.readSerially(all.bind(key.account(), key.orderId()))));
    }
  }

  /** Everything that must stand before the batch does. @return when, by the monotonic clock, the wakeups were sent */
  private long writeBefore(OrderCommit commit) {
    var decision = commit.decision();
    var key = decision.key();
    var sent = nanos.getAsLong();
    var writes = wakeupsOf(commit);
    commit.documents().forEach((revision, document) -> {
      var blobs = DocumentBlobs.of(document);
      writes.add(cql.write(Cql.withoutNulls(writeDocument.bind(key.account(), key.orderId(), revision, blobs.body(), blobs.customer()))));
    });
    if (decision.baseVersion() == 0) writes.add(days.write(key, decision.createdAt()));
    Cql.await("writing beside order " + key + ", whose batch was not sent", writes);
    return sent;
  }

  private long announce(OrderCommit commit) {
    var sent = nanos.getAsLong();
    Cql.await("writing wakeups of order " + commit.decision().key(), wakeupsOf(commit));
    return sent;
  }

  private List<CompletableFuture<?>> wakeupsOf(OrderCommit commit) {
    var decision = commit.decision();
    var writes = new ArrayList<CompletableFuture<?>>();
    var now = clock.instant();
    writes.add(wakeups.send(Lane.RELAY, new Wakeup(decision.key(), decision.baseVersion(), now)));
    if (commit.lookAt() != null) writes.add(wakeups.send(Lane.STEP, new Wakeup(decision.key(), decision.baseVersion(), commit.lookAtNotBefore(now))));
    return writes;
  }

  private static Order result(Decision decision, @Nullable Long epoch) {
    var result = decision.result();
    return epoch == null || epoch == result.epoch() ? result : Order.fold(result.key(), epoch, result.events());
  }

  private static boolean same(@Nullable Long one, @Nullable Long other) {
    return one == null ? other == null : one.equals(other);
  }

  private Tries tries(String what) {
    return new Tries(what, cql.properties().commitDeadline(), nanos);
  }
}
