package shop.orders.workflow.action;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shop.orders.web.ApiError;
import tools.jackson.databind.JsonNode;

/** Reads action bodies the way clients send them: numbers as text, flags as text, null for absent. */
public final class Fields {
  private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000_000_000L);
  private static final int LONGEST = 2_000;

  private Fields() {}

  /** @throws ApiError 400 if it is longer than 2,000 characters, or no single value */
  public static @Nullable String text(JsonNode body, String name) {
    var text = longText(body, name);
    if (text != null && text.length() > LONGEST) throw ApiError.invalid(name, "The " + name + " field must have at most " + LONGEST + " characters.");
    return text;
  }

  /** Text without a limit of its own. */
  public static @Nullable String longText(JsonNode body, String name) {
    var value = body.path(name);
    if (value.isMissingNode() || value.isNull()) return null;
    if (!value.isValueNode()) throw ApiError.invalid(name, "The " + name + " field must be a single value.");
    return value.asString();
  }

  public static String requiredText(JsonNode body, String name) {
    var text = text(body, name);
    if (text == null || text.isBlank()) throw ApiError.invalid(name, "The " + name + " field is required.");
    return text;
  }

  public static boolean flag(JsonNode body, String name) {
    return "true".equalsIgnoreCase(text(body, name));
  }

  /** Whole cents, zero or more, as a number or as text. */
  public static long requiredCents(JsonNode body, String name) {
    return wholeNumber(requiredText(body, name), name);
  }

  /** A whole number, zero or more; {@code fallback} if it is absent. */
  public static long wholeNumber(JsonNode body, String name, long fallback) {
    var text = text(body, name);
    return text == null ? fallback : wholeNumber(text, name);
  }

  public static List<JsonNode> list(JsonNode body, String name) {
    var value = body.path(name);
    if (value.isMissingNode() || value.isNull()) return List.of();
    if (!value.isArray()) throw ApiError.invalid(name, "The " + name + " field must be a list.");
    var objects = new ArrayList<JsonNode>();
    for (var one : value) {
      if (!one.isObject()) throw ApiError.invalid(name, "The " + name + " field must be a list of objects.");
      objects.add(one);
    }
    return objects;
  }

  private static long wholeNumber(String text, String name) {
    try {
      var number = text.length() > 30 ? BigDecimal.ONE.negate() : new BigDecimal(text.strip());
      if (number.signum() >= 0 && number.compareTo(LARGEST) <= 0) return number.longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw ApiError.invalid(name, "The " + name + " field must be a whole number.");
    }
    throw ApiError.invalid(name, "The " + name + " field must be a whole number from 0 to " + LARGEST.toPlainString() + ".");
  }
}
