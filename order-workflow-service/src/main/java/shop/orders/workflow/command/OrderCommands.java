package shop.orders.workflow.command;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import shop.orders.model.Decision;
import shop.orders.model.Order;
import shop.orders.model.OrderKey;
import shop.orders.store.CommitOutcome;
import shop.orders.store.OrderCommit;
import shop.orders.store.OrderStore;
import shop.orders.web.ApiError;
import shop.orders.web.log.LogIds;

/** The one way an order changes: read it, decide, write the decision if nobody else was first, else decide again. */
@Component
public class OrderCommands {
  /** Each lost race means that somebody else got through, so this many in a row is a livelock, not contention. */
  private static final int TRIES = 20;

  private static final Logger log = LoggerFactory.getLogger(OrderCommands.class);

  private final OrderStore store;
  private final Agenda agenda;
  private final Clock clock;
  private final ApplicationEventPublisher publisher;

  OrderCommands(OrderStore store, Agenda agenda, Clock clock, ApplicationEventPublisher publisher) {
    this.store = store;
    this.agenda = agenda;
    this.clock = clock;
    this.publisher = publisher;
  }

  /** Decides on an order. May be called several times for one command, so whatever else it does must be harmless twice. */
  @FunctionalInterface
  public interface Change {
    /**
     * @param decision to be filled; left empty, nothing is written
     * @return documents to be written with it, by revision; empty for most
     */
    Map<String, Map<String, @Nullable Object>> decide(Order order, Decision decision);
  }

  /**
   * A committed decision, for whoever waits for news of the order in this process.
   *
   * @param lookDue the workflow must look at the order at once
   */
  public record Committed(OrderKey key, boolean lookDue) {}

  /**
   * @return the order as the change left it, or as it is if nothing was decided
   * @throws ApiError 404 if there is no such order; 503 if too many others change it at this moment
   * @throws shop.orders.store.StoreUnavailable if the outcome is unknown: the change may have been written
   */
  public Order change(OrderKey key, String by, Change change) {
    return change(key, by, UUID.randomUUID(), change);
  }

  /**
   * As {@link #change(OrderKey, String, Change)}, under an id that the caller knows before.
   *
   * @param commandId new; kept when a lost race makes it decide again, since nothing was written under it then
   */
  public Order change(OrderKey key, String by, UUID commandId, Change change) {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      var order = store.find(key).orElseThrow(ApiError::orderNotFound);
      var decision = Decision.on(order, commandId, clock.instant(), by);
      var documents = change.decide(order, decision);
      if (decision.events().isEmpty()) return order;
      if (commit(decision, documents) instanceof CommitOutcome.Applied applied) return applied.order();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(5, 20) * (long) attempt));
    }
    throw new ApiError(HttpStatus.SERVICE_UNAVAILABLE, "OMS503", "The order is being changed by others, nothing was done; send the request again.");
  }

  /** Writes a decision taken elsewhere, a placement above all. */
  public CommitOutcome commit(Decision decision, Map<String, Map<String, @Nullable Object>> documents) {
    var lookAt = agenda.nextLook(decision.result()).orElse(null);
    var before = decision.before();
    if (before != null && lookAt != null && agenda.isArmed(before, lookAt, clock.instant())) lookAt = null;
    var outcome = store.commit(new OrderCommit(decision, documents, lookAt));
    if (outcome instanceof CommitOutcome.Applied) {
      say(decision);
      publisher.publishEvent(new Committed(decision.key(), lookAt != null && !lookAt.isAfter(clock.instant())));
    }
    return outcome;
  }

  /** One line for each change of an order, so that its story, and which request had which part in it, can be read from the log. */
  private static void say(Decision decision) {
    if (!log.isInfoEnabled()) return;
    var events = decision.events();
    var what = events.stream().map(event -> event.change().type() + " (" + event.status().wire() + ")").collect(Collectors.joining(", "));
    LogIds.during(decision.key(), () -> log.info("{} as of version {}: {}, by {}", decision.key(), decision.result().version(), what, events.get(0).by()));
  }
}
