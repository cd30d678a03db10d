package shop.orders.search.index;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The index an order is in: generation and quarter of creation (UTC). A pure function of the order, so that an order is in one index
 * only, whoever writes it and whenever. In order of time.
 *
 * @param quarter 1 to 4
 */
public record IndexName(int generation, int year, int quarter) implements Comparable<IndexName> {
  /** What lists read: every index of one generation. */
  static final String READ_ALIAS = "orders";

  /** Matches every index of every generation. */
  static final String ALL = "orders-g*-*";

  private static final Pattern FORM = Pattern.compile("orders-g(\\d{1,4})-(\\d{4,6})q([1-4])");

  private static final Comparator<IndexName> IN_TIME =
      Comparator.comparingInt(IndexName::generation).thenComparingInt(IndexName::year).thenComparingInt(IndexName::quarter);

  static IndexName of(int generation, Instant createdAt) {
    var day = createdAt.atOffset(ZoneOffset.UTC);
    return new IndexName(generation, day.getYear(), day.get(IsoFields.QUARTER_OF_YEAR));
  }

  /** Matches every index of one generation. */
  static String allOf(int generation) {
    return "orders-g" + generation + "-*";
  }

  /** Empty if it is not the name of one of our indices. */
  static Optional<IndexName> parse(String name) {
    var form = FORM.matcher(name);
    if (!form.matches()) return Optional.empty();
    return Optional.of(new IndexName(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)), Integer.parseInt(form.group(3))));
  }

  public String name() {
    // Asked for every document: to format all of it shows in profiles.
    return "orders-g" + generation + "-" + (year < 1_000 ? "%04d".formatted(year) : year) + "q" + quarter;
  }

  /**
   * What documents are written to. Writes demand an alias, so an index that is gone answers "not found" instead of being made up by the
   * server with guessed mappings.
   */
  String writeAlias() {
    return name() + "-write";
  }

  public LocalDate firstDay() {
    return LocalDate.of(year, quarter * 3 - 2, 1);
  }

  public LocalDate lastDay() {
    return firstDay().plusMonths(3).minusDays(1);
  }

  @Override
  public int compareTo(IndexName other) {
    return IN_TIME.compare(this, other);
  }

  @Override
  public String toString() {
    return name();
  }
}
