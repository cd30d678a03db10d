package shop.orders.localstack.frontdoor;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Where a request goes. Knows method and path and nothing else. */
enum Route {
  WORKFLOW,
  SEARCH,
  /** Not for the public: operator calls and metrics stay on the services' own ports. */
  NOWHERE,
  /** A path that climbs ({@code ..}): a service would read it as another path than the one looked at here. */
  REFUSED;

  private static final List<String> ORDERS = List.of("api", "oms", "pvt", "orders");
  private static final List<String> USER_ORDERS = List.of("api", "oms", "user", "orders");
  private static final List<String> EXTENDED_SEARCH = List.of("api", "orders", "extendsearch", "orders");
  private static final List<String> REPORTS = List.of("api", "oms", "pvt", "admin", "reports");

  /** @param rawPath as sent, percent-encoded, without query */
  static Route of(String method, String rawPath) {
    List<String> path;
    try {
      path = segments(rawPath);
    } catch (IllegalArgumentException e) {
      return REFUSED; // broken percent-encoding
    }
    if (path.stream().flatMap(segment -> Arrays.stream(segment.split("[/\\\\]"))).anyMatch(part -> part.equals(".") || part.equals(".."))) {
      return REFUSED;
    }
    if (path.isEmpty()) return SEARCH;
    return switch (path.get(0)) {
      case "operator", "actuator" -> NOWHERE;
      case "status" -> WORKFLOW; // also while search is down, which is when it is asked for
      case "api" -> isSearch(method, path) ? SEARCH : WORKFLOW;
      default -> SEARCH;
    };
  }

  private static boolean isSearch(String method, List<String> path) {
    boolean get = method.equals("GET");
    return (get || method.equals("HEAD")) && path.equals(ORDERS)
        || get && path.equals(USER_ORDERS)
        || method.equals("POST") && path.equals(EXTENDED_SEARCH)
        || path.size() >= REPORTS.size() && path.subList(0, REPORTS.size()).equals(REPORTS);
  }

  /** Segments as a service reads them: decoded, without {@code ;parameters}, empty ones left out. An encoded slash stays inside its segment. */
  private static List<String> segments(String rawPath) {
    return Arrays.stream(rawPath.split("/"))
        .map(segment -> segment.replaceFirst(";.*", ""))
        .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
        .filter(segment -> !segment.isEmpty())
        .toList();
  }
}
