package shop.orders.workflow.step;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.store.Lane;
import shop.orders.store.OrderStore;
import shop.orders.store.Wakeups;
import shop.orders.web.trace.OrderTraces;
import shop.orders.workflow.command.Agenda;
import shop.orders.workflow.lane.LaneWork;
import shop.orders.workflow.lane.Nudges;
import shop.orders.workflow.lane.OpenWakeupsFactory;
import shop.orders.workflow.lane.ShardWork;
import shop.orders.workflow.partner.PartnerCalls;
import shop.orders.workflow.step.Step.Verdict;

/** The step lane. */
@Component
class StepWork implements LaneWork, DisposableBean {
  /** Looks at one time; a partner that is slow or hangs holds {@link PartnerCalls#AT_ONCE} of them, whatever waits for it. */
  private static final int LOOKERS = 24;

  private static final int WAITING = 1_000;

  private final OrderStore store;
  private final Wakeups wakeups;
  private final OpenWakeupsFactory open;
  private final Map<OrderStatus, Step> steps;
  private final List<Errand> errands;
  private final TimeIsOver timeIsOver;
  private final Agenda agenda;
  private final Nudges nudges;
  private final Clock clock;
  private final LookMeter meter;
  private final OrderTraces traces;
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(
          LOOKERS, LOOKERS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(WAITING), new CustomizableThreadFactory("step-look-"));

  StepWork(
      OrderStore store,
      Wakeups wakeups,
      OpenWakeupsFactory open,
      List<Step> steps,
      List<Errand> errands,
      TimeIsOver timeIsOver,
      Agenda agenda,
      Nudges nudges,
      Clock clock,
      MeterRegistry meters,
      OrderTraces traces) {
    this.store = store;
    this.wakeups = wakeups;
    this.open = open;
    this.steps = steps.stream().flatMap(step -> step.statuses().stream().map(status -> Map.entry(status, step))).collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    this.errands = errands;
    this.timeIsOver = timeIsOver;
    this.agenda = agenda;
    this.nudges = nudges;
    this.clock = clock;
    this.meter = new LookMeter(meters);
    this.traces = traces;
  }

  @Override
  public Lane lane() {
    return Lane.STEP;
  }

  @Override
  public ShardWork shard(int shard) {
    return new StepShard(store, wakeups, open.of(Lane.STEP, shard), this::look, agenda::nextLook, key -> nudges.nudge(Lane.STEP, key), clock, pool, meter, traces);
  }

  private Verdict look(Order order) {
    var verdict = goOn(order);
    for (var errand : errands) verdict = verdict.and(errand.run(order));
    return verdict;
  }

  /** By the clock first: a partner that never answers must not keep an order beyond its time. */
  private Verdict goOn(Order order) {
    var left = agenda.deadline(order).map(deadline -> Duration.between(clock.instant(), deadline));
    if (left.isPresent() && left.get().compareTo(Duration.ZERO) <= 0) return timeIsOver.run(order);
    if (agenda.stepLook(order).filter(at -> !at.isAfter(clock.instant())).isEmpty()) { // an errand's look, or the account gave more time just now
      return left.<Verdict>map(time -> new Verdict.TryAgain(time, "its time is not over")).orElseGet(Verdict.Done::new);
    }
    var step = Optional.ofNullable(steps.get(order.status())).orElseThrow(() -> new IllegalStateException("no step for " + order));
    var verdict = step.run(order);
    boolean tooLate = verdict instanceof Verdict.TryAgain again && left.isPresent() && again.after().compareTo(left.get()) > 0;
    return tooLate ? new Verdict.TryAgain(left.get(), ((Verdict.TryAgain) verdict).reason()) : verdict;
  }

  @Override
  public void destroy() {
    pool.shutdownNow();
  }
}
