package shop.orders.workflow.expression;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedCaseInsensitiveMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.web.ApiError;
import shop.orders.web.JsonBody;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;

/** Tries an expression on a document, before a feed or hook is given it. */
@RestController
class ExpressionController {
  /** Characters; an order of 500 lines has a million. */
  private static final int LONGEST_DOCUMENT = 4_000_000;

  private final OrderExpressions expressions;
  private final ObjectMapper json;

  ExpressionController(OrderExpressions expressions, ObjectMapper json) {
    this.expressions = expressions;
    this.json = json;
  }

  @PostMapping("/api/orders/expressions/jsonata")
  boolean matches(JsonBody body) {
    var fields = new LinkedCaseInsensitiveMap<@Nullable Object>();
    if (!(body.requirePlain() instanceof Map<?, ?> sent)) throw ApiError.invalid("body", "The body must be an object.");
    sent.forEach((name, value) -> fields.put(String.valueOf(name), value));
    var expression = text(fields, "Expression");
    var document = text(fields, "Document");
    if (document.length() > LONGEST_DOCUMENT) throw ApiError.invalid("Document", "The Document field must have no more than " + LONGEST_DOCUMENT + " characters.");
    try {
      return expressions.matches(expression, parsed(document));
    } catch (JacksonException e) {
      var inner = unescaped(document).flatMap(this::parsedIfJson).orElseThrow(() -> notJson(e));
      return expressions.matches(unescaped(expression).orElse(expression), inner);
    }
  }

  private static String text(Map<String, @Nullable Object> fields, String name) {
    var value = fields.get(name);
    if (value instanceof String text && !text.isBlank()) return text;
    throw ApiError.invalid(name, value == null || value instanceof String ? "The " + name + " field is required." : "The " + name + " field must be a text.");
  }

  private @Nullable Object parsed(String text) {
    return json.readValue(text, Object.class);
  }

  private Optional<Object> parsedIfJson(String text) {
    try {
      return Optional.ofNullable(parsed(text));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static ApiError notJson(JacksonException e) {
    var where = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
    return ApiError.invalid("Document", "The Document field must be JSON written as a text; it is none" + where + ".");
  }

  /** What was written as a text of JSON once more than it should be, as both fields of the public sample are. */
  private Optional<String> unescaped(String text) {
    if (!text.contains("\\\"")) return Optional.empty();
    try {
      return Optional.of(json.readValue('"' + text + '"', String.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
