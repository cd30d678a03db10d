package shop.orders.workflow.expression;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one evaluation may take. Work, depth and sizes are counted, so that an expression ends the same way on every machine; the time on
 * the processor is the last resort, far above what the counted limits leave. For the thread that made it.
 */
final class Budget {
  /** Steps: one for each part of the expression each time it is evaluated, one for each element a part yields, one for 16 characters. */
  static final long MOST_WORK = 250_000;

  /** Parts of an expression within each other, function calls among them. */
  static final int DEEPEST = 200;

  static final int DEEPEST_VALUE = 100;
  static final int MOST_ELEMENTS = 10_000;

  /** What a value may weigh more than the document, {@link Weights}. */
  static final long MOST_WEIGHT = 100_000;

  static final Duration MOST_TIME = Duration.ofSeconds(1);

  private static final int LOOK_AT_THE_CLOCK_EVERY = 64;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final ThreadLocal<@Nullable Budget> CURRENT = new ThreadLocal<>();

  private final Weights weights = new Weights();
  private final long until = now() + MOST_TIME.toNanos();
  private final long heaviest;
  private long work;
  private long clockAt;
  private int depth;

  private Budget(Object document) {
    heaviest = weights.of(document) + MOST_WEIGHT;
  }

  /** The budget of the evaluation this thread is at. */
  static Budget current() {
    return Objects.requireNonNull(CURRENT.get(), "no evaluation");
  }

  /** @throws OverBudget if the document is too deep or too broad for any expression */
  static Budget open(Object document) {
    var budget = new Budget(document);
    CURRENT.set(budget);
    return budget;
  }

  void close() {
    CURRENT.remove();
  }

  /** A part of the expression begins. */
  void enter() {
    if (++depth > DEEPEST) throw new OverBudget("more than " + DEEPEST + " levels");
    charge(1);
  }

  /** A part of the expression ends. */
  void leave(@Nullable Object result) {
    depth--;
    take(result);
  }

  /** A value came up. */
  void take(@Nullable Object value) {
    if (!(value instanceof CharSequence) && !(value instanceof List<?>) && !(value instanceof Map<?, ?>)) return;
    if (weigh(value) > heaviest) throw new OverBudget("a value too large");
    if (value instanceof CharSequence text) charge(Weights.ofText(text));
    else if (value instanceof List<?> list) charge(list.size());
  }

  long weigh(@Nullable Object value) {
    return weights.of(value);
  }

  /** Before anything is done that takes as many steps. */
  void charge(long steps) {
    work += steps;
    if (work > MOST_WORK) throw new OverBudget("more than " + MOST_WORK + " steps");
    if (work >= clockAt) {
      clockAt = work + LOOK_AT_THE_CLOCK_EVERY;
      lookAtTheClock();
    }
  }

  void lookAtTheClock() {
    if (now() > until) throw new OverBudget("more than " + MOST_TIME.toMillis() + " ms");
  }

  /** Of this thread's own, so that a busy machine or a collector's pause changes no answer. */
  private static long now() {
    return THREADS.getCurrentThreadCpuTime();
  }
}
