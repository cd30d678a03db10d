package shop.orders.workflow.relay;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import shop.orders.store.EventLog;
import shop.orders.store.Lane;
import shop.orders.store.OrderStore;
import shop.orders.web.trace.OrderTraces;
import shop.orders.workflow.lane.LaneWork;
import shop.orders.workflow.lane.OpenWakeupsFactory;
import shop.orders.workflow.lane.ShardWork;

/** The relay lane. */
@Component
class RelayWork implements LaneWork, DisposableBean {
  /** Orders are read side by side, over all shards; the log has one writer per shard. */
  private static final int READERS = 8;

  private final OrderStore store;
  private final EventLog log;
  private final OpenWakeupsFactory wakeups;
  private final ApplicationEventPublisher publisher;
  private final Clock clock;
  private final Timer lag;
  private final OrderTraces traces;
  private final ExecutorService readers = Executors.newFixedThreadPool(READERS, new CustomizableThreadFactory("relay-read-"));

  RelayWork(OrderStore store, EventLog log, OpenWakeupsFactory wakeups, ApplicationEventPublisher publisher, Clock clock, MeterRegistry meters, OrderTraces traces) {
    this.store = store;
    this.log = log;
    this.wakeups = wakeups;
    this.publisher = publisher;
    this.clock = clock;
    this.traces = traces;
    lag = Timer.builder("orders.relay.lag").description("from the decision to the event log").publishPercentileHistogram().register(meters);
  }

  @Override
  public Lane lane() {
    return Lane.RELAY;
  }

  @Override
  public ShardWork shard(int shard) {
    return new Relay(store, log, wakeups.of(Lane.RELAY, shard), publisher, clock, readers, lag, traces);
  }

  @Override
  public void destroy() {
    readers.shutdownNow();
  }
}
