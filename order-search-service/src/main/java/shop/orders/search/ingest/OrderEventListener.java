package shop.orders.search.ingest;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.Acknowledgment;
import shop.orders.model.OrderKey;
import shop.orders.search.index.IndexUnavailable;
import shop.orders.search.index.Indexer;
import shop.orders.store.StoreUnavailable;

/**
 * Indexes the orders that events name. An event says only "look": many of one order become one look, and what is looked at is the order
 * as it is now, so late, lost and doubled events do no harm.
 *
 * <p>Offsets are committed after everything before them is in the index, so a crash means work done twice, never left out. A batch that
 * cannot be indexed now is given back: the container pauses, keeps its membership and brings it again.
 */
class OrderEventListener {
  static final String ID = "order-search";

  private static final Logger log = LoggerFactory.getLogger(OrderEventListener.class);

  private final Indexer indexer;
  private final DeadLetters deadLetters;
  private final IngestProperties properties;
  private final Clock clock;
  private final Timer lag;

  /** Consumer threads that wait; more than one with a concurrency above one. */
  private final AtomicInteger paused = new AtomicInteger();

  private final ThreadLocal<Trouble> trouble = ThreadLocal.withInitial(Trouble::new);

  OrderEventListener(Indexer indexer, DeadLetters deadLetters, IngestProperties properties, Clock clock, MeterRegistry meters) {
    this.indexer = indexer;
    this.deadLetters = deadLetters;
    this.properties = properties;
    this.clock = clock;
    this.lag = Timer.builder("orders.index.lag").description("from the decision to the index having it; searchable within a second after").publishPercentileHistogram().register(meters);
    Gauge.builder("orders.ingest.paused", paused, AtomicInteger::get).description("consumers that wait for the index or the store").register(meters);
  }

  @KafkaListener(id = ID, idIsGroup = false, groupId = "${orders.search.ingest.group:order-search}", topics = "${orders.kafka.topic:orders.events}", batch = "true", autoStartup = "false")
  void onBatch(List<ConsumerRecord<byte[], byte[]>> records, Acknowledgment ack) {
    var trouble = this.trouble.get();
    try {
      var again = index(records, trouble);
      if (again != null) {
        ack.nack(0, again);
        return;
      }
    } catch (IndexUnavailable | StoreUnavailable e) {
      ack.nack(0, trouble.wait(e.getMessage(), null));
      return;
    } catch (RuntimeException e) {
      // Ours, and not foreseen. Waiting is visible and loses nothing; going on would be neither.
      ack.nack(0, trouble.wait(e.toString(), e));
      return;
    }
    trouble.over();
    ack.acknowledge();
  }

  /** @return how long to wait before the batch is brought again; null if everything in it is done */
  private @Nullable Duration index(List<ConsumerRecord<byte[], byte[]>> records, Trouble trouble) {
    var events = new LinkedHashMap<ConsumerRecord<byte[], byte[]>, Notices.Event>();
    var undecodable = new LinkedHashMap<ConsumerRecord<byte[], byte[]>, String>();
    for (var record : records) {
      try {
        events.put(record, Notices.read(record));
      } catch (Notices.Undecodable e) {
        undecodable.put(record, e.getMessage());
      }
    }
    var report = indexer.index(events.values().stream().map(Notices.Event::key).toList());
    var early = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    events.forEach(
        (record, event) -> {
          var there = report.versions().get(event.key());
          boolean settled = report.unreadable().containsKey(event.key()) || there != null && there >= event.notice().version();
          if (!settled) early.add(record);
        });
    if (!early.isEmpty() && trouble.mayStillAppear(early)) return properties.firstPause();
    early.forEach(record -> deadLetters.add(record, "absent", "the store does not have this order in this version: " + events.get(record).notice()));
    undecodable.forEach((record, reason) -> deadLetters.add(record, "undecodable", reason));
    var now = clock.instant();
    for (var event : newest(events).values()) lag.record(positive(Duration.between(event.notice().at(), now)));
    return null;
  }

  private static Map<OrderKey, Notices.Event> newest(Map<?, Notices.Event> events) {
    var newest = new HashMap<OrderKey, Notices.Event>();
    for (var event : events.values()) newest.merge(event.key(), event, (a, b) -> a.notice().version() >= b.notice().version() ? a : b);
    return newest;
  }

  private static Duration positive(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  /** What one consumer thread waits for, and since when; said once, not at every try. */
  private final class Trouble {
    private @Nullable Instant since;
    private @Nullable Instant absentSince;
    private long absentOffset;
    private int absentPartition;
    private Duration pause = properties.firstPause();

    Duration wait(String why, @Nullable RuntimeException unforeseen) {
      if (since == null) {
        since = clock.instant();
        paused.incrementAndGet();
        log.warn("indexing waits, tries again by itself: {}", why, unforeseen);
      }
      var now = pause;
      pause = pause.multipliedBy(2).compareTo(properties.longestPause()) < 0 ? pause.multipliedBy(2) : properties.longestPause();
      return now;
    }

    void over() {
      absentSince = null;
      pause = properties.firstPause();
      if (since == null) return;
      log.info("indexing goes on after {}", Duration.between(since, clock.instant()));
      since = null;
      paused.decrementAndGet();
    }

    /** Patience runs from when the first of them was first missed. */
    boolean mayStillAppear(List<ConsumerRecord<byte[], byte[]>> missing) {
      var first = missing.get(0);
      if (absentSince == null || absentOffset != first.offset() || absentPartition != first.partition()) {
        absentSince = clock.instant();
        absentOffset = first.offset();
        absentPartition = first.partition();
        log.warn("{} events name orders or versions the store does not have yet, the first is {}-{}@{}", missing.size(), first.topic(), first.partition(), first.offset());
      }
      return clock.instant().isBefore(absentSince.plus(properties.absentPatience()));
    }
  }
}
