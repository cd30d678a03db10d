package shop.orders.workflow.step;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;
import shop.orders.model.Change;
import shop.orders.model.Change.CancelAsked;
import shop.orders.model.Change.ChangeOutcome;
import shop.orders.model.Change.ChangeSettled;
import shop.orders.model.ChangeRequests;
import shop.orders.model.Decision;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.model.Rest;
import shop.orders.workflow.command.Agenda;
import shop.orders.workflow.command.Moves;
import shop.orders.workflow.command.Onward;
import shop.orders.workflow.command.OrderCommands;
import shop.orders.workflow.step.Step.Verdict;

/** Whoever had to act on an order did not in time: what the flow's table says for that happens. */
@Component
class TimeIsOver {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final OrderCommands commands;
  private final Agenda agenda;
  private final Onward onward;
  private final Clock clock;
  private final MeterRegistry meters;

  TimeIsOver(OrderCommands commands, Agenda agenda, Onward onward, Clock clock, MeterRegistry meters) {
    this.commands = commands;
    this.agenda = agenda;
    this.onward = onward;
    this.clock = clock;
    this.meters = meters;
  }

  Verdict run(Order order) {
    var decided = new AtomicBoolean();
    var after =
        commands.change(
            order.key(),
            "system",
            (current, decision) -> {
              if (isOver(agenda.changeExpires(current))) ChangeRequests.waiting(current).ifPresent(asked -> decision.record(givenUp(asked)));
              else if (isOver(agenda.statusDeadline(current))) agenda.rest(current).ifPresent(rest -> decide(current, decision, rest));
              decided.set(!decision.events().isEmpty());
              return Map.of();
            });
    if (!decided.get()) return later(after);
    if (after.isReminded()) count(after);
    return new Verdict.Done();
  }

  /** Its time was moved just now, a longer grace period perhaps: no other wakeup need stand for the new one. */
  private Verdict later(Order order) {
    var left = agenda.nextLook(order).map(at -> Duration.between(clock.instant(), at));
    return left.<Verdict>map(time -> new Verdict.TryAgain(time.compareTo(SOON) > 0 ? time : SOON, "its time is not over")).orElseGet(Verdict.Done::new);
  }

  private void count(Order order) {
    agenda.rest(order).ifPresent(rest -> meters.counter("orders.workflow.reminded", "owner", rest.owner().name().toLowerCase(Locale.ROOT)).increment());
  }

  private boolean isOver(Optional<Instant> deadline) {
    return deadline.filter(at -> !at.isAfter(clock.instant())).isPresent();
  }

  private static ChangeSettled givenUp(ChangeRequests.Asked asked) {
    return new ChangeSettled(asked.asked().requestId(), ChangeOutcome.CANCELED, "Nobody confirmed it in time");
  }

  private void decide(Order order, Decision decision, Rest rest) {
    if (rest.isPassing()) {
      onward.go(order, decision);
    } else if (rest.then() == null) {
      decision.record(new Change.Reminded(rest.owner()));
    } else if (rest.then() == OrderStatus.CANCEL) {
      Moves.cancel(order, decision, CancelAsked.bySystem(reason(rest.limit())));
    } else if (rest.limit() == Rest.Limit.COMPLETION) {
      decision.move(rest.then(), CancelAsked.bySystem(reason(rest.limit())));
    } else {
      decision.move(rest.then());
    }
  }

  private static String reason(Rest.Limit limit) {
    return switch (limit) {
      case COMPLETION -> "The checkout did not complete the order in time";
      case CREATION -> "The seller did not take the order in time";
      case PAYMENT -> "Payment was not confirmed in time";
      case AUTHORIZATION -> "Nobody authorized the order in time";
      case FULFILLMENT -> "The marketplace did not ask for fulfillment in time";
      case CHANGE_SELLER -> "No other seller was found in time";
      default -> "Time is over";
    };
  }
}
