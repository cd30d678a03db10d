package shop.orders.model;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Draws the flows' tables for people: a Markdown page with a Mermaid diagram and a table for each flow. */
final class FlowPicture {
  private FlowPicture() {}

  /** The whole page, ending with a line break. */
  static String page() {
    var page = new StringBuilder();
    page.append("# The workflow\n");
    page.append("Drawn by the build from the tables in `shop.orders.model.Flow`; the test fails where it disagrees. How long each limit is:\n");
    page.append("`orders.workflow.*`, and the account for the grace window and the window to change seller.\n");
    for (var flow : Flow.values()) page.append(section(flow));
    return page.toString();
  }

  private static String section(Flow flow) {
    var text = new StringBuilder();
    text.append("\n## ").append(flow).append(" (origin ").append(flow.origin()).append(")\n");
    text.append("```mermaid\nstateDiagram-v2\n");
    for (var first : EnumSet.copyOf(flow.beginnings())) text.append("  [*] --> ").append(id(first)).append('\n');
    for (var status : EnumSet.copyOf(flow.statuses())) text.append("  ").append(id(status)).append(" : ").append(status).append('\n');
    for (var row : rows(flow)) text.append("  ").append(id(row.from())).append(" --> ").append(id(row.to())).append(" : ").append(labels(row)).append('\n');
    for (var status : EnumSet.copyOf(flow.statuses())) if (status.isFinal()) text.append("  ").append(id(status)).append(" --> [*]\n");
    text.append("```\n\n| status | waits for | limit | then | exits |\n| --- | --- | --- | --- | --- |\n");
    for (var status : EnumSet.copyOf(flow.statuses())) text.append(line(flow, status));
    return text.toString();
  }

  private static List<Transition> rows(Flow flow) {
    return flow.transitions().stream().sorted(Comparator.comparing(Transition::from).thenComparing(Transition::to)).toList();
  }

  private static String line(Flow flow, OrderStatus status) {
    var rest = flow.rest(status);
    var exits = new LinkedHashMap<OrderStatus, String>();
    for (var row : rows(flow)) if (row.from() == status) exits.put(row.to(), labels(row));
    var shown = exits.entrySet().stream().map(e -> "`" + e.getKey() + "` (" + e.getValue() + ")").collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s | %s |\n".formatted(status, rest.owner().label(), limit(rest.limit()), then(rest), status.isFinal() ? "none: an end" : shown);
  }

  private static String then(Rest rest) {
    if (rest.limit() == Rest.Limit.NONE || rest.isPassing()) return "";
    return rest.then() == null ? "reminded" : "`" + rest.then() + "`";
  }

  private static String limit(Rest.Limit limit) {
    return limit == Rest.Limit.NONE ? "" : limit.name().toLowerCase().replace('_', ' ');
  }

  private static String labels(Transition row) {
    return row.triggers().stream().sorted().map(Trigger::label).collect(Collectors.joining("; "));
  }

  private static String id(OrderStatus status) {
    return status.name().toLowerCase();
  }
}
