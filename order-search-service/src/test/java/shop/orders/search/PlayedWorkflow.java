package shop.orders.search;

import static org.awaitility.Awaitility.await;
import static shop.orders.search.TestOrders.order;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import shop.orders.model.Order;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderStatus;
import shop.orders.store.Cursors;
import shop.orders.store.EventLog;
import shop.orders.store.LogEntry;
import shop.orders.store.Settings;

/** Plays the workflow service for one account: decides, relays to the event log, publishes; each by itself, so that a test can hold one up. */
public final class PlayedWorkflow implements AutoCloseable {
  private final HeldOrders orders;
  private final String account;
  private final String topic;
  private final KafkaProducer<String, String> producer;

  public PlayedWorkflow(HeldOrders orders, String kafka, String topic, String account) {
    this.orders = orders;
    this.account = account;
    this.topic = topic;
    orders.beside().settings().save(Settings.Kind.ACCOUNT, "", account, "{}");
    var settings = Map.<String, Object>of("bootstrap.servers", kafka, "linger.ms", 0, "max.block.ms", 5_000, "request.timeout.ms", 2_000, "delivery.timeout.ms", 4_000);
    producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  /** An order in the store and nowhere else. */
  public Order decide(String orderId) {
    var held = order(account, orderId).at(now().toString()).total(1000, 1).placed();
    orders.put(held);
    return held.order();
  }

  /** The next change of an order in the store and nowhere else. */
  public HeldOrders.Held change(HeldOrders.Held held, OrderStatus status) {
    var next = new HeldOrders.Held(TestOrders.next(held.order(), status), held.documents());
    orders.put(next);
    return next;
  }

  /** Appends the order's last event to the log. */
  public void relay(Order order, Instant decidedAt) {
    var log = orders.beside().eventLog();
    var entry = new LogEntry(order.key().orderId(), order.version(), order.status().toString(), null, "Marketplace", "placed", decidedAt, null, now());
    log.append(account, log.head(account), List.of(entry));
  }

  /** Decides and relays. */
  public void place(String prefix, int from, int to) {
    for (int i = from; i < to; i++) {
      var at = now();
      relay(decide(prefix + "-" + i), at);
    }
  }

  /** Publishes what is in the log and was not, and moves the cursor once Kafka has all of it. @return the cursor */
  public long publish() {
    var cell = orders.beside().cursors().read(account, "kafka");
    long next = cell.map(c -> Long.parseLong(c.state())).orElse(0L);
    while (true) {
      var page = orders.beside().eventLog().read(account, next, 500);
      if (page.isEmpty()) break;
      // Again if need be, as the real one does: a producer under which its topic is made anew may lose one for good to OUT_OF_ORDER_SEQUENCE_NUMBER.
      await().atMost(Duration.ofSeconds(30)).until(() -> isAcknowledged(page));
      next = page.get(page.size() - 1).seq() + 1;
    }
    orders.beside().cursors().replace(account, "kafka", cell.map(Cursors.Cell::rev).orElse(0L), Long.toString(next));
    return next;
  }

  private boolean isAcknowledged(List<EventLog.Logged> page) throws InterruptedException {
    var sent = page.stream().map(logged -> producer.send(record(logged.entry()))).toList();
    try {
      for (var each : sent) each.get();
      return true;
    } catch (ExecutionException e) {
      System.out.println("not all of it is acknowledged, sent again: " + e.getCause());
      return false;
    }
  }

  private ProducerRecord<String, String> record(LogEntry entry) {
    var key = new OrderKey(account, entry.orderId());
    return new ProducerRecord<>(topic, key.toString(), TestOrders.notice(key, entry.version(), entry.status(), entry.at()));
  }

  /** Up to where the account's log was handled, as the cell says. */
  public long handled() {
    return orders.beside().cursors().read(account, "search").map(c -> Long.parseLong(c.state())).orElse(0L);
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
