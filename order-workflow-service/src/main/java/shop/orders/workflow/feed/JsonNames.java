package shop.orders.workflow.feed;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Properties as clients write them: names in any case. */
final class JsonNames {
  private JsonNames() {}

  /** Null where it is absent or null. */
  static @Nullable JsonNode child(JsonNode parent, String name) {
    if (!parent.isObject()) return null;
    var ignoringCase = new TreeMap<String, JsonNode>(String.CASE_INSENSITIVE_ORDER);
    parent.properties().forEach(p -> ignoringCase.put(p.getKey(), p.getValue()));
    var value = ignoringCase.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /** Null where it is no text. */
  static @Nullable String text(@Nullable JsonNode value) {
    return value == null || !value.isString() ? null : value.asString();
  }
}
