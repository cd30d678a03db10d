package shop.orders.workflow.change;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shop.orders.store.ExactJson;
import shop.orders.store.Settings;
import shop.orders.web.ApiError;
import tools.jackson.databind.JsonNode;

/**
 * How an account wants changes carried out. Kept and shown; of these {@code rolloutConfiguration.enableApi} is obeyed: where it is false, nobody
 * changes orders by the API. The others speak of payment, taxes and promotions, which are not this product's.
 */
@Component
class ChangeSettings {
  private static final int MOST_NAMES = 100;
  private static final int LONGEST_NAME = 200;

  private final Settings settings;

  ChangeSettings(Settings settings) {
    this.settings = settings;
  }

  /** The account's; the usual ones if it never said. */
  Map<String, @Nullable Object> find(String account) {
    var saved = settings.find(Settings.Kind.ORDER_CHANGES, "", account);
    return saved.map(json -> ExactJson.tree(json.getBytes(StandardCharsets.UTF_8))).orElseGet(ChangeSettings::usual);
  }

  boolean isApiEnabled(String account) {
    return !(find(account).get("rolloutConfiguration") instanceof Map<?, ?> rollout) || !Boolean.FALSE.equals(rollout.get("enableApi"));
  }

  /** @return what counts from now on: what was not sent stays as it was */
  Map<String, @Nullable Object> save(String account, JsonNode sent) {
    var merged = merged(find(account), read(sent));
    settings.save(Settings.Kind.ORDER_CHANGES, "", account, ExactJson.mapper().writeValueAsString(merged));
    return merged;
  }

  /** Settings of one request, which count for it alone; null if none were sent. @throws ApiError 400 if they are none */
  static @Nullable Map<String, @Nullable Object> sent(@Nullable JsonNode sent) {
    return sent == null ? null : read(sent);
  }

  private static Map<String, @Nullable Object> read(JsonNode sent) {
    if (!sent.isObject()) throw ApiError.invalid("settings", "The settings must be an object.");
    return object(usual(), sent, "");
  }

  /** What of {@code sent} has a name and a type we know. */
  private static Map<String, @Nullable Object> object(Map<String, @Nullable Object> known, JsonNode sent, String at) {
    var read = new LinkedHashMap<String, @Nullable Object>();
    known.forEach(
        (name, usual) -> {
          var value = sent.path(name);
          if (value.isMissingNode() || value.isNull()) return;
          read.put(name, value(usual, value, at + name));
        });
    return read;
  }

  @SuppressWarnings("unchecked") // our own settings have text keys
  private static Object value(@Nullable Object usual, JsonNode value, String at) {
    if (usual instanceof Map<?, ?> known && value.isObject()) return object((Map<String, @Nullable Object>) known, value, at + ".");
    if (usual instanceof Boolean && value.isBoolean()) return value.asBoolean();
    if (usual instanceof List && isNames(value)) return value.valueStream().map(JsonNode::asString).toList();
    var expected = usual instanceof Map ? "an object." : usual instanceof Boolean ? "true or false." : "a list of names.";
    throw ApiError.invalid(at, "The " + at + " field must be " + expected);
  }

  private static boolean isNames(JsonNode value) {
    return value.isArray() && value.size() <= MOST_NAMES && value.valueStream().allMatch(v -> v.isString() && v.asString().length() <= LONGEST_NAME);
  }

  @SuppressWarnings("unchecked") // our own settings have text keys
  private static Map<String, @Nullable Object> merged(Map<String, @Nullable Object> before, Map<String, @Nullable Object> sent) {
    var merged = new LinkedHashMap<>(before);
    sent.forEach(
        (name, value) ->
            merged.merge(
                name,
                value,
                (one, other) ->
                    one instanceof Map && other instanceof Map ? merged((Map<String, @Nullable Object>) one, (Map<String, @Nullable Object>) other) : other));
    return merged;
  }

  private static Map<String, @Nullable Object> usual() {
    var payment = new LinkedHashMap<String, @Nullable Object>();
    payment.put("customPaymentSystemsAllowed", List.of());
    var rollout = new LinkedHashMap<String, @Nullable Object>();
    rollout.put("usingDefaultBehavior", true);
    rollout.put("enableApi", true);
    rollout.put("enableAdminOrders", workspaces());
    rollout.put("enableMyOrders", workspaces());
    var pipeline = new LinkedHashMap<String, @Nullable Object>();
    for (var name : List.of("enableTaxHubRecalculation", "compensateShippingChanges", "enablePromotionRecalculation", "enableNativeTaxRecalculation")) {
      pipeline.put(name, false);
    }
    var usual = new LinkedHashMap<String, @Nullable Object>();
    usual.put("paymentConfiguration", payment);
    usual.put("rolloutConfiguration", rollout);
    usual.put("pipelineConfiguration", pipeline);
    return usual;
  }

  private static Map<String, @Nullable Object> workspaces() {
    var workspaces = new LinkedHashMap<String, @Nullable Object>();
    workspaces.put("enabledWorkspaces", List.of());
    return workspaces;
  }
}
