package shop.orders.workflow.action;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Change;
import shop.orders.store.ExactJson;
import tools.jackson.core.type.TypeReference;

/** What a change says, whatever its kind. */
final class Details {
  private static final TypeReference<LinkedHashMap<String, @Nullable Object>> FIELDS = new TypeReference<>() {};

  private Details() {}

  /** The change as it is stored, without its type and without revisions of documents, which are nobody's business. */
  static Map<String, @Nullable Object> of(Change change) {
    var details = ExactJson.mapper().convertValue(change, FIELDS);
    details.keySet().removeIf(name -> name.equals("type") || name.endsWith("Rev"));
    return details;
  }

  /** Why it was made, if somebody said so. */
  static @Nullable String reason(Map<String, @Nullable Object> details) {
    return details.get("reason") instanceof String reason ? reason : null;
  }
}
