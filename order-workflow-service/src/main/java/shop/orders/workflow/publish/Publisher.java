package shop.orders.workflow.publish;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.model.OrderKey;
import shop.orders.store.Cursors;
import shop.orders.store.EventLog;
import shop.orders.store.Lane;
import shop.orders.workflow.account.Accounts;
import shop.orders.workflow.lane.ShardWork;

/**
 * Sends the event logs of one shard's accounts to Kafka, on a thread of its own that nothing waits for. A cursor moves on only when Kafka
 * has acknowledged everything up to it, so Kafka may fail at any moment: events are sent again, never left out.
 */
class Publisher implements ShardWork {
  private static final Logger log = LoggerFactory.getLogger(Publisher.class);
  static final String CONSUMER = "kafka";
  private static final int PAGE = 500;
  private static final Duration LOOK_AT_ALL_EVERY = Duration.ofSeconds(1);

  private final int shard;
  private final Set<String> grown;
  private final EventLog eventLog;
  private final Cursors cursors;
  private final Accounts accounts;
  private final KafkaEvents kafka;
  private final PublishProperties properties;
  private final Map<String, Position> positions = new HashMap<>();

  private boolean down;
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
      PublishProperties properties) {
    this.shard = shard;
    this.grown = grown;
    this.eventLog = eventLog;
    this.cursors = cursors;
    this.accounts = accounts;
    this.kafka = kafka;
    this.properties = properties;
  }

  @Override
  public void begin() {
    positions.clear();
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
      if (!down) log.warn("Kafka takes no events, its cursor waits: {}", e.getMessage());
      down = true;
      retryAt = System.nanoTime() + properties.retryEvery().toNanos();
    }
    return more;
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
    if (page.isEmpty()) return 0;
    kafka.send(account, page);
    if (down) log.info("Kafka takes events again");
    down = false;
    var moved = new Position(page.get(page.size() - 1).seq() + 1, position.rev + 1);
    if (cursors.replace(account, CONSUMER, position.rev, Long.toString(moved.next))) positions.put(account, moved);
    else positions.remove(account); // another instance publishes too: what it wrote counts
    return page.size();
  }

  private Position read(String account) {
    return cursors.read(account, CONSUMER).map(cell -> new Position(Long.parseLong(cell.state()), cell.rev())).orElseGet(() -> new Position(0, 0));
  }
}
