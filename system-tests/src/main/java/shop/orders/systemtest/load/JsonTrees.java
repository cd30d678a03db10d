package shop.orders.systemtest.load;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** JSON nodes as the store's trees, as if they had been written and read back by it. */
final class JsonTrees {
  private JsonTrees() {}

  static Map<String, @Nullable Object> map(JsonNode object) {
    var map = new LinkedHashMap<String, @Nullable Object>(object.size() * 2);
    for (var field : object.properties()) map.put(field.getKey(), value(field.getValue()));
    return map;
  }

  private static @Nullable Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case NULL -> null;
      case BOOLEAN -> node.booleanValue();
      case STRING -> node.stringValue();
      case NUMBER -> node.isIntegralNumber() ? (Object) node.longValue() : new BigDecimal(node.asString());
      case ARRAY -> {
        var list = new ArrayList<@Nullable Object>(node.size());
        for (var element : node) list.add(value(element));
        yield list;
      }
      case OBJECT -> map(node);
      default -> throw new IllegalArgumentException("not JSON: " + node.getNodeType());
    };
  }
}
