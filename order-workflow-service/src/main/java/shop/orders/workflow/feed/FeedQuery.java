package shop.orders.workflow.feed;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shop.orders.web.ApiError;
import shop.orders.web.Query;

/** What a feed's calls take in their query, names in any case. */
final class FeedQuery {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,40}");
  private static final int MOST_AT_ONCE = 10;
  private static final int LONGEST_WAIT = 20;

  private final Query query;

  private FeedQuery(Query query) {
    this.query = query;
  }

  static FeedQuery of(HttpServletRequest request) {
    return new FeedQuery(Query.of(request));
  }

  /** Empty for the unnamed feed. */
  String feed() {
    var name = Objects.requireNonNullElse(query.sent("feed"), "");
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
    var gaps = Objects.requireNonNullElse(query.sent("gaps"), "");
    if (!gaps.isEmpty() && !gaps.equalsIgnoreCase("items")) throw ApiError.invalid("gaps", "The field gaps can only be items.");
    return new Asked(maxLot(), !gaps.isEmpty());
  }

  Optional<String> after() {
    return Optional.ofNullable(query.sent("after"));
  }

  private int number(String name, int usual, int least, int most) {
    @Nullable String text = query.sent(name);
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
