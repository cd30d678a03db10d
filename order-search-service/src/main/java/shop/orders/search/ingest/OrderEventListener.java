package shop.orders.search.ingest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchAcknowledgingMessageListener;
import org.springframework.kafka.support.Acknowledgment;
import shop.orders.model.OrderKey;
import shop.orders.search.index.IndexUnavailable;
import shop.orders.search.index.Indexer;
import shop.orders.store.StoreUnavailable;
import shop.orders.web.trace.OrderTraces;
import shop.orders.web.trace.Stage;

/**
 * Indexes the orders that events name. An event says only "look": many of one order become one look, and what is looked at is the order
 * as it is now, so late, lost and doubled events do no harm.
 *
 * <p>Offsets are committed after everything before them is in the index, so a crash means work done twice, never left out. A batch that
 * cannot be indexed now is given back, but for what of it is done: the container pauses, keeps its membership and brings it again. It is
 * worked on in pieces, since orders may be large, and what an order's read told is remembered for a moment, so that a burst costs little.
 */
class OrderEventListener implements BatchAcknowledgingMessageListener<byte[], byte[]> {
  /**
   * How long an order counts as just indexed. Long enough for the events of one burst that came after it was read; short, since an index may
   * be lost and events sent again.
   */
  private static final Duration BURST = Duration.ofSeconds(2);

  private static final Logger log = LoggerFactory.getLogger(OrderEventListener.class);

  private final Indexer indexer;
  private final DeadLetters deadLetters;
  private final IngestProperties properties;
  private final Clock clock;
  private final ConsumerBeats beats;
  private final OrderTraces traces;
  private final Timer lag;
  private final Counter coalesced;

  /** The version of orders that this instance indexed a moment ago. */
  private final Cache<OrderKey, Long> justIndexed = Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(BURST).build();

  /** Consumer threads that wait; more than one with a concurrency above one. */
  private final AtomicInteger paused = new AtomicInteger();

  private final ThreadLocal<Trouble> trouble = ThreadLocal.withInitial(Trouble::new);

  OrderEventListener(Indexer indexer, DeadLetters deadLetters, IngestProperties properties, Clock clock, ConsumerBeats beats, MeterRegistry meters, OrderTraces traces) {
    this.indexer = indexer;
    this.deadLetters = deadLetters;
    this.properties = properties;
    this.clock = clock;
    this.beats = beats;
    this.traces = traces;
    this.lag = Timer.builder("orders.index.lag").description("from the decision to the index having it; searchable within a second after").publishPercentileHistogram().register(meters);
    this.coalesced = Counter.builder("orders.ingest.coalesced").description("events whose order was indexed in that version a moment before").register(meters);
    Gauge.builder("orders.ingest.paused", paused, AtomicInteger::get).description("consumers that wait for the index or the store").register(meters);
  }

  @Override
  public void onMessage(List<ConsumerRecord<byte[], byte[]>> records, Acknowledgment ack) {
    var trouble = this.trouble.get();
    int done = 0;
    try {
      while (done < records.size()) {
        var piece = Piece.of(records, done, trouble.ordersAtOnce());
        if (!index(piece, trouble)) {
          beats.waits(Instant.ofEpochMilli(records.get(done).timestamp()), "events name orders that the store does not have yet");
          ack.nack(done, properties.firstPause());
          return;
        }
        done = piece.end();
        trouble.over();
        beats.done();
      }
    } catch (IndexUnavailable | StoreUnavailable | DeadLetters.NotWritten e) {
      ack.nack(done, trouble.wait(e.getMessage(), null));
      return;
    } catch (RuntimeException e) {
      // Ours, and not foreseen. Waiting is visible and loses nothing; going on would be neither.
      ack.nack(done, trouble.wait(e.toString(), e));
      return;
    }
    ack.acknowledge();
  }

  /** To be called on the consumer's thread when its partitions are taken from it: what it waits for is another's. */
  void leave() {
    trouble.get().leave();
  }

  /** @return whether everything in it is done; false if something of it may still appear in the store */
  private boolean index(Piece piece, Trouble trouble) {
    var began = clock.instant();
    var due = new LinkedHashMap<>(piece.events());
    due.values().removeIf(event -> Objects.requireNonNullElse(justIndexed.getIfPresent(event.key()), -1L) >= event.notice().version());
    coalesced.increment(piece.events().size() - due.size());
    var wanted = new LinkedHashSet<OrderKey>();
    due.values().forEach(event -> wanted.add(event.key()));
    // Not to be understood, but its key tells which order to look at.
    piece.undecodable().keySet().forEach(record -> Notices.key(record.key()).ifPresent(wanted::add));
    var report = indexer.index(wanted);
    justIndexed.putAll(report.versions());
    var early = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    due.forEach(
        (record, event) -> {
          var there = report.versions().get(event.key());
          boolean settled = report.unreadable().containsKey(event.key()) || there != null && there >= event.notice().version();
          if (!settled) early.add(record);
        });
    if (!early.isEmpty() && trouble.mayStillAppear(early)) return false;
    early.forEach(record -> deadLetters.add(record, "absent", "the store does not have this order in this version: " + piece.events().get(record).notice()));
    piece.undecodable().forEach((record, reason) -> deadLetters.add(record, "undecodable", reason));
    var now = clock.instant();
    for (var newest : newest(piece.events())) {
      var event = newest.getValue();
      lag.record(positive(Duration.between(event.notice().at(), now)));
      traces.note(Stage.INGEST, event.key(), Notices.traceparent(newest.getKey()), began, now);
    }
    return true;
  }

  /** Of each order the event with the highest version. */
  private static <R> Collection<Map.Entry<R, Notices.Event>> newest(Map<R, Notices.Event> events) {
    var newest = new HashMap<OrderKey, Map.Entry<R, Notices.Event>>();
    for (var one : events.entrySet()) {
      newest.merge(one.getValue().key(), one, (a, b) -> a.getValue().notice().version() >= b.getValue().notice().version() ? a : b);
    }
    return newest.values();
  }

  private static Duration positive(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  /** What one consumer thread waits for, and since when; said once, not at every try. */
  private final class Trouble {
    private @Nullable Instant since;
    private boolean missed;
    private Duration pause = properties.firstPause();
    private int ordersAtOnce = properties.ordersAtOnce();

    int ordersAtOnce() {
      return ordersAtOnce;
    }

    Duration wait(String why, @Nullable RuntimeException unforeseen) {
      if (since == null) {
        since = clock.instant();
        paused.incrementAndGet();
        log.warn("indexing waits, tries again by itself: {}", why, unforeseen);
      }
      beats.waits(since, why);
      ordersAtOnce = Math.max(1, ordersAtOnce / 2);
      var now = pause;
      pause = pause.multipliedBy(2).compareTo(properties.longestPause()) < 0 ? pause.multipliedBy(2) : properties.longestPause();
      return now;
    }

    void over() {
      missed = false;
      pause = properties.firstPause();
      ordersAtOnce = Math.min(properties.ordersAtOnce(), ordersAtOnce * 2);
      if (since != null) log.info("indexing goes on after {}", Duration.between(since, clock.instant()));
      leave();
    }

    void leave() {
      if (since != null) paused.decrementAndGet();
      since = null;
    }

    /** Patience runs from when the event was sent: many old ones that name nothing must not hold up what is behind them. */
    boolean mayStillAppear(List<ConsumerRecord<byte[], byte[]>> missing) {
      long youngest = clock.instant().minus(properties.absentPatience()).toEpochMilli();
      boolean wait = missing.stream().anyMatch(record -> record.timestamp() > youngest);
      if (wait && !missed) {
        var first = missing.get(0);
        log.warn("{} events name orders or versions the store does not have yet, the first is {}", missing.size(), DeadLetters.origin(first));
      }
      missed = wait;
      return wait;
    }
  }
}
