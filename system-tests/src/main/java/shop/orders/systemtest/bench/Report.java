package shop.orders.systemtest.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The figures as Markdown. */
final class Report {
  static final double ORDERS_BAR = 77;
  static final double RATIO_BAR = 0.5;

  private Report() {}

  static String of(Figures figures) {
    return head(figures) + wholeOrders(figures) + transitions(figures) + statements(figures);
  }

  private static String head(Figures figures) {
    return text("""
        # Benchmark
        %s

        | Figure | Reached | Bar |
        |---|---|---|
        | whole orders per second to `invoiced`, everything running | **%.1f** | %.0f |
        | transitions per second over HTTP ÷ bare driver | **%.2f** | %.1f |
        | whole orders ÷ bare driver's whole orders | %.2f | |

        Absolute figures hold for this machine in these minutes; ratios are taken in one run and can be compared.
        How to read this: [system-tests](../../system-tests/README.md#bench).
        """, figures.machine(), figures.whole().perSecond(), ORDERS_BAR, Ratios.median(figures.transitions().ratios()), RATIO_BAR, figures.wholeRatio());
  }

  private static String wholeOrders(Figures figures) {
    var whole = figures.whole();
    var latency = whole.latency();
    return text("""

        ## Whole orders
        Placed through the front door and carried to `invoiced` by the stub antifraud provider and ERP, %d under way at any time; all
        processes run, every event goes to Kafka and every order into the index. Documents: %s.

        %,d orders in %.1f s: **%.1f per second**. From sending an order to `invoiced` in the event log: median %,d ms, 99 of 100 within %,d ms.%s

        | Process | CPU seconds per order | of it compiling | share of the CPU used |
        |---|---|---|---|
        """, figures.inFlight(), figures.sizes(), whole.orders(), whole.seconds(), whole.perSecond(),
        latency.getValueAtPercentile(50), latency.getValueAtPercentile(99), whole.refused() == 0 ? "" : " " + whole.refused() + " placements failed.")
        + cpu(whole.cpu(), whole.orders());
  }

  private static String transitions(Figures figures) {
    var rounds = figures.transitions();
    return text("""

        ## Transitions ÷ floor
        Start-handling and invoice on orders that are ready, %d clients at the workflow service; timed until the last stands in the event
        log. Workflow, Cassandra and Kafka run, the search service is frozen; the account has no partners. Floor: %s.

        | Round | over HTTP per second | bare driver per second | ratio |
        |---|---|---|---|
        """, figures.clients(), figures.floorInWords())
        + rounds(rounds)
        + text("| **median** | %.0f | %.0f | **%.2f** |%n", Ratios.median(rounds.product()), Ratios.median(rounds.floor()), Ratios.median(rounds.ratios()))
        + text("%nWhole orders of the bare driver, per second and round: %s; median %.0f.%n", list(figures.floorOrders()), Ratios.median(figures.floorOrders()))
        + text("%n| Process | CPU seconds per 1,000 transitions | of it compiling | share of the CPU used |%n|---|---|---|---|%n")
        + cpu(figures.transitionsCpu(), figures.transitionsDone() / 1_000);
  }

  private static String statements(Figures figures) {
    var order = figures.perOrder();
    var table = new StringBuilder(text("""

        ## Statements of the workflow service
        Counted by its metrics (`orders_store_statements_total`). What it sends while nothing is done is subtracted.

        | Kind | per visible transition | per whole order | idle, per second |
        |---|---|---|---|
        """));
    for (var kind : List.of("conditional", "write", "read", "serial-read")) {
      table.append(text("| %s | %.2f | %.2f | %.1f |%n", kind, figures.perTransition().of(kind), order.of(kind), figures.idle().of(kind)));
    }
    return table.toString();
  }

  private static String rounds(Ratios rounds) {
    var table = new StringBuilder();
    for (int i = 0; i < rounds.product().size(); i++) {
      table.append(text("| %d | %.0f | %.0f | %.2f |%n", i + 1, rounds.product().get(i), rounds.floor().get(i), rounds.ratios().get(i)));
    }
    return table.toString();
  }

  private static String cpu(CpuTimes cpu, double units) {
    double sum = cpu.seconds().values().stream().mapToDouble(Double::doubleValue).sum();
    double each = 1 / Math.max(units, 1e-9);
    var table = new StringBuilder();
    cpu.seconds().forEach((name, used) -> table.append(
        text("| %s | %.4f | %.4f | %.0f %% |%n", name, used * each, cpu.compiling().getOrDefault(name, 0.0) * each, 100 * used / Math.max(sum, 1e-9))));
    double ours = sum - cpu.seconds().getOrDefault(CpuTimes.OTHERS, 0.0);
    double compiling = cpu.compiling().values().stream().mapToDouble(Double::doubleValue).sum();
    return table.append(text("| **all of the stack** | **%.4f** | %.4f | %.0f %% |%n", ours * each, compiling * each, 100 * ours / Math.max(sum, 1e-9))).toString();
  }

  private static String list(List<Double> values) {
    return values.stream().map(value -> text("%.0f", value)).collect(Collectors.joining(", "));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
