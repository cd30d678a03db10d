package shop.orders.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code workflowData} of an order that came with one: its timelines, with what happened here added. */
final class WorkflowDataView {
  private WorkflowDataView() {}

  static Map<String, @Nullable Object> goneOn(Map<?, ?> told, Order order) {
    var data = new LinkedHashMap<String, @Nullable Object>();
    told.forEach((name, value) -> data.put(String.valueOf(name), value));
    var instances = new ArrayList<Map<String, @Nullable Object>>();
    for (var instance : OrderDocument.objects(told.get("instances"))) instances.add(new LinkedHashMap<>(instance));
    for (var event : order.events().subList(1, order.events().size())) if (event.isTransition()) add(event, instances);
    data.put("instances", instances);
    return data;
  }

  private static void add(OrderEvent event, List<Map<String, @Nullable Object>> instances) {
    var instance = instances.stream().filter(i -> event.domain().wire().equals(i.get("name"))).findFirst().orElseGet(() -> begun(event, instances));
    var at = VtexDates.feed(event.at());
    var timeLine = new ArrayList<@Nullable Object>(OrderDocument.objects(instance.get("timeLine")));
    var step = new LinkedHashMap<String, @Nullable Object>();
    step.put("stepName", event.status().wire());
    step.put("date", at);
    step.put("parentStepName", null);
    timeLine.add(step);
    instance.put("currentStepName", event.status().wire());
    instance.put("currentStepDescription", event.status().description());
    instance.put("lastChange", at);
    instance.put("timeLine", timeLine);
  }

  private static Map<String, @Nullable Object> begun(OrderEvent event, List<Map<String, @Nullable Object>> instances) {
    var instance = new LinkedHashMap<String, @Nullable Object>();
    instance.put("name", event.domain().wire());
    instance.put("creationDate", VtexDates.feed(event.at()));
    instances.add(instance);
    return instance;
  }
}
