package shop.orders.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Walks a flow's table and says in words what is wrong with it: an order must never stand where nobody has to do anything about it, and no
 * row may be there that nothing leads to or nothing can trigger.
 */
final class FlowWalk {
  private final Flow flow;
  private final List<Transition> table;
  private final List<String> faults = new ArrayList<>();

  /** @param table the flow's rows, or what is left of them */
  private FlowWalk(Flow flow, List<Transition> table) {
    this.flow = flow;
    this.table = table;
  }

  /** @return empty if the table is whole */
  static List<String> faults(Flow flow, List<Transition> table) {
    var walk = new FlowWalk(flow, table);
    for (var status : flow.statuses()) walk.check(status);
    for (var row : table) walk.check(row);
    return walk.faults;
  }

  private void check(OrderStatus status) {
    var exits = table.stream().filter(row -> row.from() == status).toList();
    var rest = flow.rest(status);
    if (status.isFinal()) {
      if (!exits.isEmpty()) fault(status, "is an end and has an exit");
      return;
    }
    if (exits.isEmpty()) fault(status, "has no exit");
    else if (!reachesAnEnd(status)) fault(status, "leads to no end");
    if (rest.owner() == Rest.Owner.NOBODY) fault(status, "has no owner");
    if (rest.limit() == Rest.Limit.NONE) fault(status, "has no deadline");
    if (rest.then() != null && exits.stream().noneMatch(leads(rest.then(), Trigger.TIME))) fault(status, "goes to " + rest.then() + " when time is over, but has no such row");
    if (rest.isPassing() && exits.stream().noneMatch(row -> row.triggers().contains(Trigger.AUTOMATIC))) fault(status, "is passed at once, but has no automatic row");
  }

  private void check(Transition row) {
    if (row.triggers().isEmpty()) fault(row.from(), "goes to " + row.to() + " by nothing");
    if (!flow.statuses().contains(row.to())) fault(row.to(), "is entered and has no row");
    var byTime = row.triggers().contains(Trigger.TIME);
    if (byTime && flow.rest(row.from()).then() != row.to()) fault(row.from(), "goes to " + row.to() + " by time, but its deadline says otherwise");
  }

  private boolean reachesAnEnd(OrderStatus from) {
    Set<OrderStatus> seen = EnumSet.of(from);
    var open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      var status = open.poll();
      if (status.isFinal()) return true;
      var next = table.stream().filter(row -> row.from() == status).map(Transition::to).collect(Collectors.toSet());
      for (var one : next) if (seen.add(one)) open.add(one);
    }
    return false;
  }

  private static Predicate<Transition> leads(OrderStatus to, Trigger by) {
    return row -> row.to() == to && row.triggers().contains(by);
  }

  private void fault(OrderStatus status, String what) {
    faults.add(flow + ": " + status + " " + what);
  }
}
