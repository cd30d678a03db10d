package shop.orders.localstack.imports;

import static shop.orders.model.OrderStatus.*;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderStatus;

/**
 * What became of an order of the account's own checkout, and when. Dates may be missing or run backwards, as they do in real data; the
 * {@linkplain #timeline() timeline} never does.
 *
 * @param status where it stands now: one of the road to invoiced, cancellation-requested or canceled
 * @param approved when its payment was
 * @param handled when handling began
 * @param carried when the carrier took it over
 * @param delivered when the carrier handed it over
 * @param arrived whether it counts as delivered, with or without a date
 * @param canceled when that was asked for or done; null for half an hour after the last that is known
 * @param promised for delivery
 * @param cancelReason of an order that is canceled
 */
public record Life(
    OrderStatus status,
    Instant created,
    @Nullable Instant approved,
    @Nullable Instant handled,
    @Nullable Instant carried,
    @Nullable Instant delivered,
    boolean arrived,
    @Nullable Instant canceled,
    Instant promised,
    @Nullable String cancelReason) {

  /** From approval to ready-for-handling, and from there to handling, where no date says otherwise. */
  public static final Duration PAUSE = Duration.ofMinutes(30);

  private static final List<OrderStatus> ROAD =
      List.of(
          ORDER_CREATED, ON_ORDER_COMPLETED, PAYMENT_PENDING, APPROVE_PAYMENT, PAYMENT_APPROVED, WINDOW_TO_CANCEL, READY_FOR_HANDLING, START_HANDLING,
          HANDLING, INVOICE, INVOICED);

  public Life {
    if (!ROAD.contains(status) && status != CANCELED && status != CANCELLATION_REQUESTED) throw new IllegalArgumentException("no way to " + status);
  }

  /** A status that the order entered. */
  public record Step(OrderStatus status, Instant at) {}

  /** Every status up to the present one; not one of them before the one above it. */
  public List<Step> timeline() {
    var steps = new ArrayList<Step>();
    for (var passed : ROAD.subList(0, ROAD.indexOf(lastOnTheRoad()) + 1)) add(steps, passed, nominal(passed));
    if (status == CANCELED) add(steps, CANCEL, cancellation());
    if (!ROAD.contains(status)) add(steps, status, cancellation());
    return steps;
  }

  /** The date of the payment's approval: the known one, else the timeline's; null if it was never approved. */
  @Nullable Instant authorized() {
    return approved != null ? approved : entered(PAYMENT_APPROVED);
  }

  /** The carrier took it over then, else as the timeline has it; null if it is not invoiced. */
  @Nullable Instant invoiced() {
    return status == INVOICED && carried != null ? carried : entered(INVOICED);
  }

  /** The latest date of all. */
  Instant lastChange() {
    var entered = timeline();
    return known().reduce(entered.get(entered.size() - 1).at(), Life::later);
  }

  @Nullable Instant entered(OrderStatus wanted) {
    return timeline().stream().filter(step -> step.status() == wanted).map(Step::at).findFirst().orElse(null);
  }

  private OrderStatus lastOnTheRoad() {
    if (ROAD.contains(status)) return status;
    if (handled != null || carried != null || delivered != null) return HANDLING;
    return approved == null ? PAYMENT_PENDING : READY_FOR_HANDLING;
  }

  private Instant nominal(OrderStatus passed) {
    return switch (passed) {
      case ORDER_CREATED, ON_ORDER_COMPLETED, PAYMENT_PENDING -> created;
      case APPROVE_PAYMENT, PAYMENT_APPROVED, WINDOW_TO_CANCEL -> paid();
      case READY_FOR_HANDLING -> notAfterWhatFollows(paid().plus(PAUSE), handled, carried, delivered, canceled);
      case START_HANDLING, HANDLING -> handling();
      default -> carried != null ? carried : handling();
    };
  }

  private Instant paid() {
    return approved != null ? approved : created;
  }

  private Instant handling() {
    return notAfterWhatFollows(handled != null ? handled : paid().plus(PAUSE).plus(PAUSE), carried, delivered, canceled);
  }

  /** @param following the dates of later steps, first the next one; null where they are not known */
  private static Instant notAfterWhatFollows(Instant at, @Nullable Instant... following) {
    for (var next : following) if (next != null) return next.isBefore(at) ? next : at;
    return at;
  }

  private Instant cancellation() {
    return canceled != null ? canceled : known().reduce(created, Life::later).plus(PAUSE);
  }

  private Stream<Instant> known() {
    return Stream.of(created, approved, handled, carried, delivered, canceled).filter(Objects::nonNull);
  }

  private static void add(List<Step> steps, OrderStatus status, Instant at) {
    steps.add(new Step(status, steps.isEmpty() ? at : later(at, steps.get(steps.size() - 1).at())));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }
}
