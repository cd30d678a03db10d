package shop.orders.workflow.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderNotice;
import shop.orders.store.Cursors;
import shop.orders.store.EventLog;
import shop.orders.store.EventLog.Logged;
import shop.orders.store.Lane;
import shop.orders.workflow.account.Accounts;
import shop.orders.workflow.lane.ShardWork;
import tools.jackson.databind.ObjectMapper;

/**
 * Sends the event logs of one shard's accounts to Kafka, on a thread of its own that nothing waits for. A cursor moves on only when Kafka
 * has acknowledged everything up to it, so Kafka may fail at any moment: events are sent again, never left out.
 */
class Publisher implements ShardWork {
  private static final Logger log = LoggerFactory.getLogger(Publisher.class);
  static final String CONSUMER = "kafka";
  private static final int PAGE = 500;
  private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(5);
  private static final Duration LOOK_AT_ALL_EVERY = Duration.ofSeconds(1);

  private final int shard;
  private final Set<String> grown;
  private final EventLog eventLog;
  private final Cursors cursors;
  private final Accounts accounts;
  private final KafkaTemplate<String, String> kafka;
  private final KafkaAdmin admin;
  private final PublishProperties properties;
  private final ObjectMapper json;
  private final Map<String, Position> positions = new HashMap<>();

  private boolean topicSeen;
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
      KafkaTemplate<String, String> kafka,
      KafkaAdmin admin,
      PublishProperties properties,
      ObjectMapper json) {
    this.shard = shard;
    this.grown = grown;
    this.eventLog = eventLog;
    this.cursors = cursors;
    this.accounts = accounts;
    this.kafka = kafka;
    this.admin = admin;
    this.properties = properties;
    this.json = json;
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
        if (publish(account)) { // a whole page: there may be more
          grown.add(account);
          more = true;
        }
      }
      if (down) log.info("Kafka takes events again");
      down = false;
    } catch (KafkaDown e) {
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

  /** @return whether there may be more to send */
  private boolean publish(String account) {
    var position = positions.computeIfAbsent(account, this::read);
    var page = eventLog.read(account, position.next, PAGE);
    if (page.isEmpty()) return false;
    ensureTopic();
    send(account, page);
    var moved = new Position(page.get(page.size() - 1).seq() + 1, position.rev + 1);
    if (cursors.replace(account, CONSUMER, position.rev, Long.toString(moved.next))) positions.put(account, moved);
    else positions.remove(account); // another instance publishes too: what it wrote counts
    return page.size() == PAGE;
  }

  private Position read(String account) {
    return cursors.read(account, CONSUMER).map(cell -> new Position(Long.parseLong(cell.state()), cell.rev())).orElseGet(() -> new Position(0, 0));
  }

  private void ensureTopic() {
    if (topicSeen) return;
    try {
      admin.createOrModifyTopics(new NewTopic(properties.topic(), Optional.of(properties.partitions()), Optional.of(properties.replicas())));
      topicSeen = true;
    } catch (KafkaException | org.springframework.kafka.KafkaException e) {
      throw new KafkaDown(e);
    }
  }

  private void send(String account, List<Logged> page) {
    var sends = new ArrayList<CompletableFuture<?>>(page.size());
    try {
      for (var logged : page) {
        var entry = logged.entry();
        var notice = new OrderNotice(account, entry.orderId(), entry.version(), entry.status(), entry.at());
        sends.add(kafka.send(properties.topic(), account + "/" + entry.orderId(), json.writeValueAsString(notice)));
      }
      CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new)).get(ACKNOWLEDGED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (KafkaException | org.springframework.kafka.KafkaException | ExecutionException | TimeoutException e) {
      throw new KafkaDown(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaDown(e);
    }
  }

  private static class KafkaDown extends RuntimeException {
    KafkaDown(Exception cause) {
      super(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), cause);
    }
  }
}
