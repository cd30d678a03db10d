package shop.orders.workflow.feed;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedCaseInsensitiveMap;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;
import shop.orders.web.ApiError;

/** What a feed's calls take in their query, names in any case. */
final class FeedQuery {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,40}");
  private static final int MOST_AT_ONCE = 10;
  private static final int LONGEST_WAIT = 20;

  private final Map<String, String> parameters;

  private FeedQuery(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /** From the query string alone: asking the request for parameters would eat the body of a POST that curl labelled a form. */
  static FeedQuery of(HttpServletRequest request) {
    var parameters = new LinkedCaseInsensitiveMap<String>();
    try {
      UriComponentsBuilder.newInstance().query(request.getQueryString()).build().getQueryParams().forEach(
          (name, values) -> parameters.putIfAbsent(decoded(name), values.get(0) == null ? "" : decoded(values.get(0))));
    } catch (IllegalArgumentException e) {
      throw ApiError.invalid("query", "The query cannot be decoded: a % must be followed by two hexadecimal digits, as in %25.");
    }
    return new FeedQuery(parameters);
  }

  private static String decoded(String text) {
    return UriUtils.decode(text, StandardCharsets.UTF_8);
  }

  /** Empty for the unnamed feed. */
  String feed() {
    var name = parameters.getOrDefault("feed", "");
    if (name.isEmpty() || name.equals(FeedKey.OLD) || NAME.matcher(name).matches()) return name;
    throw ApiError.invalid("feed", "The name of a feed must be 1 to 40 of A-Z, a-z, 0-9, _ and -.");
  }

  int maxLot() {
    return maxLot(MOST_AT_ONCE);
  }

  int maxLot(int most) {
    return number("maxlot", MOST_AT_ONCE, 1, most);
  }

  Duration waitFor() {
    return Duration.ofSeconds(number("wait", 0, 0, LONGEST_WAIT));
  }

  Asked asked() {
    var gaps = parameters.getOrDefault("gaps", "");
    if (!gaps.isEmpty() && !gaps.equalsIgnoreCase("items")) throw ApiError.invalid("gaps", "The field gaps can only be items.");
    return new Asked(maxLot(), !gaps.isEmpty());
  }

  Optional<String> after() {
    return Optional.ofNullable(parameters.get("after"));
  }

  private int number(String name, int usual, int least, int most) {
    @Nullable String text = parameters.get(name);
    if (text == null) return usual;
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least && number <= most) return number;
    } catch (NumberFormatException e) {
      throw ApiError.invalid(name, "The field " + name + " must be a number between " + least + " and " + most + ".");
    }
    throw ApiError.invalid(name, "The field " + name + " must be between " + least + " and " + most + ".");
  }
}
