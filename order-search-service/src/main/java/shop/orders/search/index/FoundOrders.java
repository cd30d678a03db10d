package shop.orders.search.index;

import java.util.List;
import java.util.Map;

/**
 * The answer to a query.
 *
 * @param total all orders that match, exactly, however many
 * @param rows of the page asked for
 */
public record FoundOrders(long total, List<OrderRow> rows, Summary totalValue, Summary totalItems) {

  /**
   * A number over all orders that match.
   *
   * @param byOrigin the same for each origin, by name
   * @param byCurrency the same for each currency, by code
   */
  public record Summary(Stats all, Map<String, Stats> byOrigin, Map<String, Stats> byCurrency) {}

  /**
   * @param count orders that have the number
   * @param missing orders that have not
   * @param stdDev of the sample (n - 1); 0 for fewer than two
   */
  public record Stats(long count, double max, double mean, double min, long missing, double stdDev, double sum, double sumOfSquares) {}
}
