package shop.orders.model;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code workflowData}: an instance per domain with the statuses it went through. What an order came with is kept, and gone on with. */
final class WorkflowDataView {
  /** Of the graph that {@link LogicalSteps} shows. */
  private static final String VERSION = "1.12";

  private WorkflowDataView() {}

  /** The one an order came with, with what happened here added; nothing else of it is touched. */
  static Map<String, @Nullable Object> goneOn(Map<?, ?> told, Order order) {
    var data = new LinkedHashMap<String, @Nullable Object>();
    told.forEach((name, value) -> data.put(String.valueOf(name), value));
    var instances = instances(told.get("instances"));
    addHere(order, instances);
    data.put("instances", instances);
    return data;
  }

  /** In full, whether or not the order came with one. @param told null for none */
  static Map<String, @Nullable Object> full(@Nullable Object told, Order order) {
    var instances = told instanceof Map<?, ?> map ? instances(map.get("instances")) : new ArrayList<Map<String, @Nullable Object>>();
    if (instances.isEmpty()) addEntered(order, instances);
    addHere(order, instances);
    var data = new LinkedHashMap<String, @Nullable Object>();
    if (told instanceof Map<?, ?> map) map.forEach((name, value) -> data.put(String.valueOf(name), value));
    data.put("instances", instances.stream().map(instance -> complete(order, instance)).toList());
    data.put("mainFlowIndex", 0L);
    return data;
  }

  private static List<Map<String, @Nullable Object>> instances(@Nullable Object told) {
    var instances = new ArrayList<Map<String, @Nullable Object>>();
    for (var instance : OrderDocument.objects(told)) instances.add(new LinkedHashMap<>(instance));
    return instances;
  }

  private static void addHere(Order order, List<Map<String, @Nullable Object>> instances) {
    for (var event : order.events()) {
      if (event.isTransition() && !(event.change() instanceof Change.Imported)) add(event.domain(), event.status(), event.at(), instances);
    }
  }

  /** What is known of an order that came without a timeline. */
  private static void addEntered(Order order, List<Map<String, @Nullable Object>> instances) {
    var entered = order.imported().map(Change.Imported::entered).orElse(Map.of());
    Stream.of(OrderStatus.values()) // in the order they are gone through, where times are equal
        .filter(status -> entered.containsKey(status.wire()))
        .sorted(Comparator.comparing(status -> entered.get(status.wire())))
        .forEach(status -> add(domainOf(status, order), status, entered.get(status.wire()), instances));
  }

  /** A status that both instances have belongs to the one the order came in. */
  private static Domain domainOf(OrderStatus status, Order order) {
    if (order.flow() == Flow.COMPLETE && LogicalSteps.MARKETPLACE.alone(status)) return Domain.MARKETPLACE;
    if (order.flow() == Flow.COMPLETE && LogicalSteps.FULFILLMENT.alone(status)) return Domain.FULFILLMENT;
    return order.events().get(0).domain();
  }

  private static void add(Domain domain, OrderStatus status, Instant at, List<Map<String, @Nullable Object>> instances) {
    if (status == OrderStatus.INCOMPLETE) return; // no order yet, so no workflow
    var instance = instances.stream().filter(i -> domain.wire().equals(i.get("name"))).findFirst().orElseGet(() -> begun(domain, at, instances));
    var date = VtexDates.feed(at);
    var timeLine = new ArrayList<@Nullable Object>(OrderDocument.objects(instance.get("timeLine")));
    var step = step(status.wire(), date);
    step.put("parentStepName", LogicalSteps.of(domain).parent(status));
    timeLine.add(step);
    instance.put("currentStepName", status.wire());
    instance.put("currentStepDescription", status.description());
    instance.put("lastChange", date);
    instance.put("timeLine", timeLine);
  }

  private static Map<String, @Nullable Object> begun(Domain domain, Instant at, List<Map<String, @Nullable Object>> instances) {
    var instance = new LinkedHashMap<String, @Nullable Object>();
    instance.put("name", domain.wire());
    instance.put("creationDate", VtexDates.feed(at));
    instances.add(instance);
    return instance;
  }

  /** Adds what an instance lacks; what it came with stays, but for what follows from its timeline. */
  private static Map<String, @Nullable Object> complete(Order order, Map<String, @Nullable Object> instance) {
    var name = String.valueOf(instance.get("name"));
    var steps = LogicalSteps.of(name.equals(Domain.FULFILLMENT.wire()) ? Domain.FULFILLMENT : Domain.MARKETPLACE);
    var timeLine = timeLine(steps, instance);
    var logical = logicTimeLine(timeLine);
    var shown = new LinkedHashMap<String, @Nullable Object>();
    shown.put("id", idOf(order.key() + "/" + name).toString());
    for (var field : List.of("name", "currentStepName", "currentStepDescription", "lastChange")) shown.put(field, instance.get(field));
    boolean isNow = order.domain().wire().equals(name);
    shown.put("isInError", isNow && order.error().isPresent());
    shown.put("isInAutomaticRetry", isNow && order.isInRetry());
    shown.put("creationDate", instance.get("creationDate"));
    shown.put("owner", idOf(order.key().account()).toString().replace("-", "").toUpperCase(Locale.ROOT));
    shown.put("version", VERSION);
    instance.forEach(
        (field, value) -> {
          if (value != null || !shown.containsKey(field)) shown.put(field, value);
        });
    shown.put("timeLine", timeLine);
    shown.put("logicTimeLine", logical);
    shown.putIfAbsent("steps", steps.shown());
    shown.put("currentLogicalStep", logical.isEmpty() ? null : logical.get(logical.size() - 1).get("stepName"));
    return shown;
  }

  private static List<Map<String, @Nullable Object>> timeLine(LogicalSteps steps, Map<String, @Nullable Object> instance) {
    var timeLine = new ArrayList<Map<String, @Nullable Object>>();
    for (var told : OrderDocument.objects(instance.get("timeLine"))) {
      var step = new LinkedHashMap<>(told);
      if (step.get("parentStepName") == null) {
        step.put("parentStepName", OrderStatus.of(String.valueOf(step.get("stepName"))).map(steps::parent).orElse(null));
      }
      timeLine.add(step);
    }
    return timeLine;
  }

  private static List<Map<String, @Nullable Object>> logicTimeLine(List<Map<String, @Nullable Object>> timeLine) {
    var logical = new ArrayList<Map<String, @Nullable Object>>();
    for (var step : timeLine) {
      var parent = step.get("parentStepName");
      if (parent == null || !logical.isEmpty() && parent.equals(logical.get(logical.size() - 1).get("stepName"))) continue;
      logical.add(step(String.valueOf(parent), step.get("date")));
    }
    return logical;
  }

  private static Map<String, @Nullable Object> step(String name, @Nullable Object date) {
    var step = new LinkedHashMap<String, @Nullable Object>();
    step.put("stepName", name);
    step.put("date", date);
    return step;
  }

  /** The same for the same name, so that a document shown again is the same document. */
  private static UUID idOf(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
