package shop.orders.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code customData.customFields}: fields by what they are linked to, an item above all. */
final class CustomFields {
  private CustomFields() {}

  static Map<String, @Nullable Object> changed(@Nullable Object before, ChangeEffect effect) {
    var data = new LinkedHashMap<String, @Nullable Object>();
    if (before instanceof Map<?, ?> told) told.forEach((name, value) -> data.put(String.valueOf(name), value));
    var all = new ArrayList<Map<String, @Nullable Object>>();
    for (var group : OrderDocument.objects(data.get("customFields"))) all.add(new LinkedHashMap<>(group));
    for (var gone : effect.customFieldsGone()) for (var group : all) if (isLinkedAlike(group, gone)) group.put("fields", without(group, gone));
    all.removeIf(group -> OrderDocument.objects(group.get("fields")).isEmpty());
    for (var put : effect.customFields()) {
      var there = all.stream().filter(group -> isLinkedAlike(group, put)).findFirst();
      there.ifPresentOrElse(
          group -> {
            var fields = without(group, put);
            fields.addAll(OrderDocument.objects(put.get("fields")));
            group.put("fields", fields);
          },
          () -> all.add(new LinkedHashMap<>(put)));
    }
    data.put("customFields", all);
    return data;
  }

  /** The fields of {@code group} that {@code other} does not name. */
  private static List<Map<String, @Nullable Object>> without(Map<String, @Nullable Object> group, Map<String, @Nullable Object> other) {
    var names = OrderDocument.objects(other.get("fields")).stream().map(f -> f.get("name")).toList();
    var left = new ArrayList<Map<String, @Nullable Object>>();
    for (var field : OrderDocument.objects(group.get("fields"))) if (!names.contains(field.get("name"))) left.add(field);
    return left;
  }

  private static boolean isLinkedAlike(Map<String, @Nullable Object> one, Map<String, @Nullable Object> other) {
    return Objects.equals(one.get("linkedEntity"), other.get("linkedEntity"));
  }
}
