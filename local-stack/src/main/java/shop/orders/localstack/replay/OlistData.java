package shop.orders.localstack.replay;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shop.orders.localstack.replay.CsvTable.BadRow;
import shop.orders.localstack.replay.CsvTable.Row;

/** The six files, read and checked row by row; joining them is {@link OlistOrders}' work. */
public final class OlistData {
  private static final Pattern ID = Pattern.compile("[0-9a-zA-Z_-]{1,64}");
  private static final Pattern AMOUNT = Pattern.compile("\\d{1,9}(\\.\\d{1,6})?");
  private static final Pattern WHOLE = Pattern.compile("\\d{1,6}");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  /**
   * Times are local ones of Brazil, as the file has them. Nothing says that they run forward.
   *
   * @param approved the payment; null where the file has none, as the two below
   * @param carried when the carrier took it over
   * @param promised for delivery, not before {@code purchased}
   */
  public record Order(
      String id, String customer, String status, LocalDateTime purchased, @Nullable LocalDateTime approved, @Nullable LocalDateTime carried,
      @Nullable LocalDateTime delivered, LocalDateTime promised, long line) {
    /** From purchase to promised delivery, a year at most. */
    int promisedDays() {
      return (int) Math.min(ChronoUnit.DAYS.between(purchased, promised), 365);
    }
  }

  /**
   * @param price cents
   * @param freight cents
   */
  record Item(int number, String product, String seller, long price, long freight, long line) {}

  /** @param value cents */
  record Payment(int number, String type, int installments, long value, long line) {}

  record Customer(String uniqueId, String zipPrefix, String city, String state) {}

  record Seller(String zipPrefix, String city, String state) {}

  /** @param category may be empty */
  record Product(String category, int grams, int length, int height, int width) {}

  final Map<String, Order> orders = new LinkedHashMap<>();
  final Map<String, List<Item>> items = new HashMap<>();
  final Map<String, List<Payment>> payments = new HashMap<>();
  final Map<String, Customer> customers = new HashMap<>();
  final Map<String, Seller> sellers = new HashMap<>();
  final Map<String, Product> products = new HashMap<>();

  /** Orders a row of which could not be used, with where: what is left of them is not what was bought. */
  final Map<String, String> incomplete = new HashMap<>();

  private final Set<String> namedOrders = new HashSet<>();
  private final Path directory;
  private final Consumer<Problem> problems;

  private OlistData(Path directory, Consumer<Problem> problems) {
    this.directory = directory;
    this.problems = problems;
  }

  /** @throws UnusableData if the directory or one of the files is missing, empty or lacks a column */
  static OlistData read(Path directory, Consumer<Problem> problems) throws UnusableData {
    if (!Files.isDirectory(directory)) throw new UnusableData(directory + " is not a directory");
    for (var file : List.of("orders.csv", "order_items.csv", "order_payments.csv", "customers.csv", "sellers.csv", "products.csv")) {
      if (!Files.isRegularFile(directory.resolve(file))) throw new UnusableData(directory.resolve(file) + " is missing");
    }
    var data = new OlistData(directory, problems);
    data.read();
    return data;
  }

  private void read() throws UnusableData {
    table("customers.csv", "customer_id", "customer_unique_id", "customer_zip_code_prefix", "customer_city", "customer_state").read(row ->
        once(customers, id(row, "customer_id"), new Customer(id(row, "customer_unique_id"), row.get("customer_zip_code_prefix"),
            row.get("customer_city"), row.get("customer_state"))));
    table("sellers.csv", "seller_id", "seller_zip_code_prefix", "seller_city", "seller_state").read(row ->
        once(sellers, id(row, "seller_id"), new Seller(row.get("seller_zip_code_prefix"), row.get("seller_city"), row.get("seller_state"))));
    table("products.csv", "product_id", "product_category_name", "product_weight_g", "product_length_cm", "product_height_cm", "product_width_cm").read(row ->
        once(products, id(row, "product_id"), new Product(row.get("product_category_name"), size(row, "product_weight_g"),
            size(row, "product_length_cm"), size(row, "product_height_cm"), size(row, "product_width_cm"))));
    table("orders.csv", "order_id", "customer_id", "order_status", "order_purchase_timestamp", "order_approved_at",
        "order_delivered_carrier_date", "order_delivered_customer_date", "order_estimated_delivery_date").read(this::order);
    table("order_items.csv", "order_id", "order_item_id", "product_id", "seller_id", "shipping_limit_date", "price", "freight_value")
        .read(row -> ofOrder("order_items.csv", row, this::item));
    table("order_payments.csv", "order_id", "payment_sequential", "payment_type", "payment_installments", "payment_value")
        .read(row -> ofOrder("order_payments.csv", row, this::payment));
  }

  private void order(Row row) throws BadRow {
    var id = id(row, "order_id");
    namedOrders.add(id);
    var order = new Order(
        id, id(row, "customer_id"), row.get("order_status"), time(row, "order_purchase_timestamp"), timeOrNone(row, "order_approved_at"),
        timeOrNone(row, "order_delivered_carrier_date"), timeOrNone(row, "order_delivered_customer_date"),
        time(row, "order_estimated_delivery_date"), row.line());
    if (order.promised().isBefore(order.purchased())) throw new BadRow("delivery was promised before the purchase");
    once(orders, id, order);
  }

  private boolean item(String order, Row row) throws BadRow {
    var item = new Item(whole(row, "order_item_id"), id(row, "product_id"), id(row, "seller_id"), cents(row, "price"), cents(row, "freight_value"), row.line());
    var siblings = items.computeIfAbsent(order, none -> new ArrayList<>());
    if (siblings.stream().anyMatch(other -> other.number() == item.number())) return false;
    return siblings.add(item);
  }

  private boolean payment(String order, Row row) throws BadRow {
    var payment = new Payment(whole(row, "payment_sequential"), row.get("payment_type"), whole(row, "payment_installments"), cents(row, "payment_value"), row.line());
    var siblings = payments.computeIfAbsent(order, none -> new ArrayList<>());
    if (siblings.stream().anyMatch(other -> other.number() == payment.number())) return false;
    return siblings.add(payment);
  }

  @FunctionalInterface
  private interface Part {
    /** @return false if the order has a part of this number already */
    boolean add(String order, Row row) throws BadRow;
  }

  /** A row that comes twice is left out once and its order stays whole; with any other bad row the order is not whole. */
  private void ofOrder(String file, Row row, Part part) throws BadRow {
    var order = id(row, "order_id");
    if (!namedOrders.contains(order)) throw new BadRow("orders.csv has no order " + order);
    boolean added;
    try {
      added = part.add(order, row);
    } catch (BadRow e) {
      incomplete.putIfAbsent(order, file + ":" + row.line());
      throw e;
    }
    if (!added) throw new BadRow("a second row of this number for order " + order + ", the first one counts");
  }

  private static <T> void once(Map<String, T> known, String key, T value) throws BadRow {
    if (known.putIfAbsent(key, value) != null) throw new BadRow("a second row for " + key + ", the first one counts");
  }

  private static String id(Row row, String column) throws BadRow {
    return matching(row, column, ID, "an id");
  }

  /** Reais with a decimal point, exactly in cents. */
  static long cents(Row row, String column) throws BadRow {
    try {
      return new BigDecimal(matching(row, column, AMOUNT, "an amount")).movePointRight(2).longValueExact();
    } catch (ArithmeticException e) {
      throw new BadRow(column + " has a fraction of a cent: " + row.get(column));
    }
  }

  private static int whole(Row row, String column) throws BadRow {
    return Integer.parseInt(matching(row, column, WHOLE, "a whole number"));
  }

  /** Of a product; unknown ones are empty in the data and 0 here. */
  private static int size(Row row, String column) throws BadRow {
    return row.get(column).isEmpty() ? 0 : whole(row, column);
  }

  private static LocalDateTime time(Row row, String column) throws BadRow {
    try {
      return LocalDateTime.parse(row.get(column), TIME);
    } catch (DateTimeParseException e) {
      throw new BadRow(column + " is not a time: '" + row.get(column) + "'");
    }
  }

  private static @Nullable LocalDateTime timeOrNone(Row row, String column) throws BadRow {
    return row.get(column).isEmpty() ? null : time(row, column);
  }

  private static String matching(Row row, String column, Pattern pattern, String what) throws BadRow {
    var value = row.get(column);
    if (!pattern.matcher(value).matches()) throw new BadRow(column + " is not " + what + ": '" + value + "'");
    return value;
  }

  private CsvTable table(String file, String... columns) {
    return new CsvTable(directory.resolve(file), List.of(columns), problems);
  }
}
