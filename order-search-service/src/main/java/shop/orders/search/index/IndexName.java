package shop.orders.search.index;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;

/**
 * The index an order is in: generation and quarter of creation (UTC). A pure function of the order, so that an order is in one index
 * only, whoever writes it and whenever.
 */
record IndexName(String name) {
  /** What lists read: every index of the present generation. */
  static final String READ_ALIAS = "orders";

  private static final int GENERATION = 1;

  static IndexName of(Instant createdAt) {
    var day = createdAt.atOffset(ZoneOffset.UTC);
    return new IndexName("orders-g%d-%dq%d".formatted(GENERATION, day.getYear(), day.get(IsoFields.QUARTER_OF_YEAR)));
  }

  /**
   * What documents are written to. Writes demand an alias, so an index that is gone answers "not found" instead of being made up by the
   * server with guessed mappings.
   */
  String writeAlias() {
    return name + "-write";
  }
}
