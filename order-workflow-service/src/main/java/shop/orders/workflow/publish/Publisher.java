package shop.orders.workflow.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.model.OrderKey;
import shop.orders.store.Cursors;
import shop.orders.store.EventLog;
import shop.orders.store.Lane;
import shop.orders.web.log.LogIds;
import shop.orders.web.status.Measure;
import shop.orders.workflow.account.Accounts;
import shop.orders.workflow.lane.ShardWork;

/**
 * Sends the event logs of one shard's accounts to Kafka, on a thread of its own that nothing waits for. A cursor moves on only when Kafka
 * has acknowledged everything up to it, so Kafka may fail at any moment: events are sent again, never left out. What retention removed
 * before Kafka took it is told and passed over.
 */
class Publisher implements ShardWork {
  private static final Logger log = LoggerFactory.getLogger(Publisher.class);
  static final String CONSUMER = "kafka";
  private static final int PAGE = 500;
  private static final Duration LOOK_AT_ALL_EVERY = Duration.ofSeconds(1);

  /** At what looks like the end of a log: whether it goes on, further than one reads on by itself. Takes a look at the log's head. */
  private static final Duration LOOK_FOR_GAPS_EVERY = Duration.ofSeconds(10);

  private final int shard;
  private final Set<String> grown;
  private final EventLog eventLog;
  private final Cursors cursors;
  private final Accounts accounts;
  private final KafkaEvents kafka;
  private final PublishProperties properties;
  private final Counter missed;
  private final Timer lag;
  private final Clock clock;
  private final Map<String, Position> positions = new HashMap<>();

  /** When each account's log was seen to end where its cursor is, by the monotonic clock. */
  private final Map<String, Long> ends = new HashMap<>();

  /** Of each account whose next events are not acknowledged: when the first of them was appended. */
  private final Map<String, Instant> unsent = new HashMap<>();

  private @Nullable String down;
  private boolean sentSome;
  private long retryAt = System.nanoTime();
  private long lookedAtAll = System.nanoTime() - LOOK_AT_ALL_EVERY.toNanos();

  private record Position(long next, long rev) {}

  Publisher(
      int shard,
      Set<String> grown,
      EventLog eventLog,
      Cursors cursors,
      Accounts accounts,
      KafkaEvents kafka,
      PublishProperties properties,
      Counter missed,
      Timer lag,
      Clock clock) {
    this.shard = shard;
    this.grown = grown;
    this.eventLog = eventLog;
    this.cursors = cursors;
    this.accounts = accounts;
    this.kafka = kafka;
    this.properties = properties;
    this.missed = missed;
    this.lag = lag;
    this.clock = clock;
  }

  @Override
  public void begin() {
    positions.clear();
    ends.clear();
    unsent.clear();
  }

  @Override
  public boolean tick() {
    if (System.nanoTime() - retryAt < 0) return false;
    boolean more = false;
    try {
      for (var account : due()) {
        grown.remove(account);
        boolean done = false;
        try {
          done = publish(account) < PAGE;
        } finally {
          if (!done) grown.add(account);
        }
        more |= !done;
      }
    } catch (KafkaEvents.Down e) {
      if (down == null) log.warn("Kafka takes no events, its cursor waits: {}", e.getMessage());
      down = e.getMessage();
      retryAt = System.nanoTime() + properties.retryEvery().toNanos();
    }
    return more;
  }

  @Override
  public void tell(Measure measure) {
    measure.open(unsent.values().stream().min(Instant::compareTo).orElse(null));
    measure.note(down == null ? null : "Kafka takes no events: " + down);
    if (sentSome) measure.done();
    sentSome = false;
  }

  /** Accounts whose log grew here, and once a second all of this shard: another instance may have appended. */
  private List<String> due() {
    if (System.nanoTime() - lookedAtAll < LOOK_AT_ALL_EVERY.toNanos()) return List.copyOf(grown);
    lookedAtAll = System.nanoTime();
    return accounts.names().stream().filter(account -> Lane.PUBLISH.shardOf(new OrderKey(account, "-")) == shard).toList();
  }

  /** @return how many events were sent; a whole page means that there may be more */
  private int publish(String account) {
    var position = positions.computeIfAbsent(account, this::read);
    var page = eventLog.read(account, position.next, PAGE);
    if (page.isEmpty()) {
      unsent.remove(account);
      passOverGap(account, position);
      return 0;
    }
    unsent.put(account, page.get(0).entry().appendedAt());
    kafka.send(account, page);
    var now = clock.instant();
    for (var logged : page) lag.record(Math.max(0, logged.entry().appendedAt().until(now, ChronoUnit.MICROS)), TimeUnit.MICROSECONDS);
    if (down != null) log.info("Kafka takes events again");
    down = null;
    sentSome = true;
    unsent.remove(account);
    long next = page.get(page.size() - 1).seq() + 1;
    if (moveOn(account, position, next)) tell(account, next - position.next - page.size(), position.next, next);
    return page.size();
  }

  private void passOverGap(String account, Position position) {
    var seen = ends.get(account);
    if (seen != null && System.nanoTime() - seen < LOOK_FOR_GAPS_EVERY.toNanos()) return;
    ends.put(account, System.nanoTime());
    long kept = eventLog.firstKept(account, position.next);
    if (kept > position.next && moveOn(account, position, kept)) tell(account, kept - position.next, position.next, kept);
  }

  /** @return false if another instance publishes too: what it wrote counts */
  private boolean moveOn(String account, Position from, long next) {
    if (cursors.replace(account, CONSUMER, from.rev, Long.toString(next))) {
      positions.put(account, new Position(next, from.rev + 1));
      return true;
    }
    positions.remove(account);
    return false;
  }

  private void tell(String account, long removed, long from, long end) {
    if (removed <= 0) return;
    missed.increment(removed);
    try (var ids = LogIds.of(account)) {
      log.warn("{} events of {}, of the log's numbers {} to {}, were removed before Kafka took them and are not published", removed, account, from, end - 1);
    }
  }

  private Position read(String account) {
    return cursors.read(account, CONSUMER).map(cell -> new Position(Long.parseLong(cell.state()), cell.rev())).orElseGet(() -> new Position(0, 0));
  }
}
