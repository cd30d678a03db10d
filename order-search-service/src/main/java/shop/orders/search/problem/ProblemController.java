package shop.orders.search.problem;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.OrderKey;
import shop.orders.search.index.IndexUnavailable;
import shop.orders.web.ApiError;
import shop.orders.web.JsonBody;
import tools.jackson.databind.JsonNode;

/** For the operator alone. */
@RestController
@RequestMapping("/operator/search")
class ProblemController {
  private static final int PAGE = 100;
  private static final int MOST_ORDERS = 1_000;

  private final Problems problems;

  ProblemController(Problems problems) {
    this.problems = problems;
  }

  /** @param order account and order id with a slash between */
  record Listed(String order, String kind, String reason, @Nullable Instant since) {}

  /** @param next what {@code from} is for the following page; null if this is the last */
  record ProblemList(List<Listed> problems, @Nullable String next) {}

  record Tried(String order, String outcome, @Nullable String reason) {}

  record TriedList(List<Tried> results, @Nullable String next) {}

  @GetMapping("/problems")
  ProblemList list(@RequestParam @Nullable String account, @RequestParam @Nullable String from) {
    var page = page(account, from);
    var listed = page.problems().stream().map(p -> new Listed(p.key().toString(), word(p.kind()), p.reason(), p.since())).toList();
    return new ProblemList(listed, text(page.next()));
  }

  /** Of those named, or of one page of those listed: of one account, or of all. */
  @PostMapping("/retry")
  TriedList retry(JsonBody json) {
    var body = json.optional();
    if (!body.isMissingNode() && !body.isObject()) throw ApiError.invalid("body", "The body must be an object: orders, or account, or neither for all that are listed.");
    if (body.has("orders")) return new TriedList(tried(named(body.get("orders"))), null);
    var page = page(optionalText(body, "account"), optionalText(body, "from"));
    return new TriedList(tried(page.problems().stream().map(Problems.Problem::key).toList()), text(page.next()));
  }

  private Problems.Page page(@Nullable String account, @Nullable String from) {
    if (account != null && !OrderKey.isAccount(account)) throw ApiError.invalid("account", "The account name must be 1 to 60 of a-z, 0-9, _ and -.");
    var after = from == null ? null : key("from", from);
    try {
      return problems.list(account, after, PAGE);
    } catch (IndexUnavailable e) {
      throw unavailable(e);
    }
  }

  private List<Tried> tried(List<OrderKey> keys) {
    try {
      return problems.retry(keys).stream().map(r -> new Tried(r.key().toString(), word(r.outcome()), r.reason())).toList();
    } catch (IndexUnavailable e) {
      throw unavailable(e);
    }
  }

  private static List<OrderKey> named(JsonNode orders) {
    if (!orders.isArray() || orders.isEmpty() || orders.size() > MOST_ORDERS) {
      throw ApiError.invalid("orders", "orders must be a list of 1 to " + MOST_ORDERS + " texts, each account/orderId.");
    }
    var keys = new ArrayList<OrderKey>();
    for (var order : orders) keys.add(key("orders", order.isString() ? order.asString() : ""));
    return keys;
  }

  private static OrderKey key(String field, String text) {
    int slash = text.indexOf('/');
    try {
      if (slash > 0 && slash < text.length() - 1) return new OrderKey(text.substring(0, slash), text.substring(slash + 1));
    } catch (IllegalArgumentException e) {
      throw ApiError.invalid(field, "'" + text + "' is not of the form account/orderId: " + e.getMessage());
    }
    throw ApiError.invalid(field, "'" + text + "' is not of the form account/orderId.");
  }

  private static @Nullable String optionalText(JsonNode body, String field) {
    var value = body.path(field);
    if (value.isMissingNode() || value.isNull()) return null;
    if (!value.isString()) throw ApiError.invalid(field, field + " must be a text.");
    return value.asString();
  }

  private static @Nullable String text(@Nullable OrderKey key) {
    return key == null ? null : key.toString();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static ApiError unavailable(IndexUnavailable e) {
    return ApiError.unavailable("The index does not answer, or takes no writes: " + e.getMessage(), e);
  }
}
