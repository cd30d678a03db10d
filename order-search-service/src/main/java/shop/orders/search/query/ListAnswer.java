package shop.orders.search.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shop.orders.search.index.FoundOrders;
import shop.orders.search.index.OrderQuery;
import shop.orders.search.index.OrderRow;

/** The list as the API answers it, doubled {@code stats} and all, and {@code search}, which is ours. */
record ListAnswer(List<OrderRow> list, List<Object> facets, Paging paging, Outer stats, int reportRecordsLimit, Knowledge search) {
  private static final int REPORT_RECORDS_LIMIT = 50_000;

  static ListAnswer of(FoundOrders found, OrderQuery query, Knowledge knowledge) {
    // Pages are counted, not capped: 30 is how far one may turn, not how many there are.
    var pages = (found.total() + query.perPage() - 1) / query.perPage();
    return new ListAnswer(
        found.rows(),
        List.of(),
        new Paging(found.total(), pages, query.page(), query.perPage()),
        new Outer(new Inner(Leaf.of(found.totalValue()), Leaf.of(found.totalItems()))),
        REPORT_RECORDS_LIMIT,
        knowledge);
  }

  record Paging(long total, long pages, int currentPage, int perPage) {}

  record Outer(Inner stats) {}

  record Inner(Leaf totalValue, Leaf totalItems) {}

  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Leaf(
      @JsonProperty("Count") long count,
      @JsonProperty("Max") Number max,
      @JsonProperty("Mean") Number mean,
      @JsonProperty("Min") Number min,
      @JsonProperty("Missing") long missing,
      @JsonProperty("StdDev") Number stdDev,
      @JsonProperty("Sum") Number sum,
      @JsonProperty("SumOfSquares") Number sumOfSquares,
      @JsonProperty("Facets") @Nullable Map<String, Map<String, Leaf>> facets) {

    static Leaf of(FoundOrders.Summary summary) {
      var facets = new LinkedHashMap<String, Map<String, Leaf>>();
      if (!summary.byOrigin().isEmpty()) facets.put("origin", leaves(summary.byOrigin()));
      if (!summary.byCurrency().isEmpty()) facets.put("currencyCode", leaves(summary.byCurrency()));
      return of(summary.all(), facets);
    }

    private static Map<String, Leaf> leaves(Map<String, FoundOrders.Stats> groups) {
      var leaves = new LinkedHashMap<String, Leaf>();
      groups.forEach((name, stats) -> leaves.put(name, of(stats, null)));
      return leaves;
    }

    private static Leaf of(FoundOrders.Stats stats, @Nullable Map<String, Map<String, Leaf>> facets) {
      boolean none = stats.count() == 0;
      return new Leaf(
          stats.count(),
          number(stats.max(), none),
          number(stats.mean(), none),
          number(stats.min(), none),
          stats.missing(),
          number(stats.stdDev(), none),
          number(stats.sum(), none),
          number(stats.sumOfSquares(), none),
          facets);
    }

    /** Whole numbers without a fraction, as clients with integer types need; over no rows the API says 0.0. */
    private static Number number(double value, boolean none) {
      boolean whole = value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE;
      if (whole && !none) return (long) value;
      return value;
    }
  }
}
