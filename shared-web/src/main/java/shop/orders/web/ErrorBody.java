package shop.orders.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The API's two error shapes. */
sealed interface ErrorBody {

  /** The shape of the family a path belongs to: {@code /api/orders} and {@code /api/order-system} are the newer one. */
  static ErrorBody forPath(String path, HttpStatus status, String code, String message, Map<String, List<String>> fields) {
    boolean newer = path.startsWith("/api/orders") || path.startsWith("/api/order-system");
    // The one family that has both, a problem and a code of its own.
    var told = path.startsWith("/api/order-system") ? code.replaceFirst("^OMS", "SalesOrderSystem") : null;
    return newer ? Problem.of(status, message, fields, told) : new Oms(new Oms.Error(code, message, null));
  }

  /** {@code /api/oms} and its relatives. */
  record Oms(Error error) implements ErrorBody {
    record Error(String code, String message, @JsonInclude @Nullable String exception) {}
  }

  /** RFC 7807 with a trace id; {@code errors} only where fields are wrong, {@code detail} only where the title does not say all. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Problem(Map<String, List<String>> errors, String type, String title, int status, @Nullable String code, @Nullable String detail, String traceId)
      implements ErrorBody {
    private static final Map<Integer, String> SECTIONS =
        Map.of(
            400, "6.5.1", 403, "6.5.3", 404, "6.5.4", 405, "6.5.5", 409, "6.5.8", 413, "6.5.11", 415, "6.5.13", 500, "6.6.1", 503, "6.6.4");

    static Problem of(HttpStatus status, String message, Map<String, List<String>> fields, @Nullable String code) {
      var title = fields.isEmpty() ? status.getReasonPhrase() : "One or more validation errors occurred.";
      var detail = fields.isEmpty() && !message.equals(title) ? message : null;
      return new Problem(fields, type(status.value()), title, status.value(), code, detail, newTraceId());
    }

    private static String type(int status) {
      if (status == 401) return "https://tools.ietf.org/html/rfc9110#section-15.5.2";
      if (status == 429) return "https://tools.ietf.org/html/rfc6585#section-4";
      return SECTIONS.containsKey(status) ? "https://tools.ietf.org/html/rfc7231#section-" + SECTIONS.get(status) : "about:blank";
    }

    private static String newTraceId() {
      var random = ThreadLocalRandom.current();
      return "00-%016x%016x-%016x-00".formatted(random.nextLong(), random.nextLong(), random.nextLong());
    }
  }
}
