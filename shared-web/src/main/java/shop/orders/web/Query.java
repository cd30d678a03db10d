package shop.orders.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedCaseInsensitiveMap;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** A request's query: names in any case, the first of several values. Controllers take it as a parameter. */
public final class Query {
  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = values;
  }

  /**
   * From the query string alone: asking the request for parameters would eat the body of a POST that curl labelled a form.
   *
   * @throws ApiError 400 if it cannot be decoded
   */
  public static Query of(HttpServletRequest request) {
    var values = new LinkedCaseInsensitiveMap<String>();
    try {
      UriComponentsBuilder.newInstance().query(request.getQueryString()).build().getQueryParams().forEach(
          (name, several) -> values.putIfAbsent(decoded(name), several.get(0) == null ? "" : decoded(several.get(0))));
    } catch (IllegalArgumentException e) {
      throw ApiError.invalid("query", "The query cannot be decoded: a % must be followed by two hexadecimal digits, as in %25.");
    }
    return new Query(values);
  }

  /** Null also for an empty one. */
  public @Nullable String text(String name) {
    var value = values.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** As it was sent, empty perhaps; null if it was not. */
  public @Nullable String sent(String name) {
    return values.get(name);
  }

  private static String decoded(String text) {
    return UriUtils.decode(text, StandardCharsets.UTF_8);
  }
}
