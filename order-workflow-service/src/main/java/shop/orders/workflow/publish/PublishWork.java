package shop.orders.workflow.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import shop.orders.model.OrderKey;
import shop.orders.store.Cursors;
import shop.orders.store.EventLog;
import shop.orders.store.Lane;
import shop.orders.workflow.account.Accounts;
import shop.orders.workflow.lane.LaneWork;
import shop.orders.workflow.lane.Nudges;
import shop.orders.workflow.lane.ShardWork;
import shop.orders.workflow.relay.Appended;

/** The publishing lane. */
@Component
class PublishWork implements LaneWork {
  private final EventLog eventLog;
  private final Cursors cursors;
  private final Accounts accounts;
  private final KafkaEvents kafka;
  private final PublishProperties properties;
  private final Nudges nudges;
  private final Clock clock;
  private final Counter missed;
  private final Timer lag;
  private final List<Set<String>> grown = IntStream.range(0, Lane.SHARDS).<Set<String>>mapToObj(i -> ConcurrentHashMap.newKeySet()).toList();

  PublishWork(
      EventLog eventLog,
      Cursors cursors,
      Accounts accounts,
      KafkaEvents kafka,
      PublishProperties properties,
      Nudges nudges,
      Clock clock,
      MeterRegistry meters) {
    this.eventLog = eventLog;
    this.cursors = cursors;
    this.accounts = accounts;
    this.kafka = kafka;
    this.properties = properties;
    this.nudges = nudges;
    this.clock = clock;
    missed = Counter.builder("orders.publish.missed").description("Events that retention removed before Kafka took them").register(meters);
    lag = Timer.builder("orders.publish.lag").description("from the event log to Kafka's acknowledgement").publishPercentileHistogram().register(meters);
  }

  @EventListener
  void on(Appended appended) {
    var key = new OrderKey(appended.account(), "-");
    grown.get(Lane.PUBLISH.shardOf(key)).add(appended.account());
    nudges.nudge(Lane.PUBLISH, key);
  }

  @Override
  public Lane lane() {
    return Lane.PUBLISH;
  }

  @Override
  public ShardWork shard(int shard) {
    return new Publisher(shard, grown.get(shard), eventLog, cursors, accounts, kafka, properties, missed, lag, clock);
  }
}
