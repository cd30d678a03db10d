package shop.orders.localstack.replay;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import shop.orders.localstack.replay.Basket.Line;
import shop.orders.localstack.replay.Basket.Method;

/**
 * The orders of the Olist data, one after the other. What the data does not have (names, streets, documents) is invented, the same for the
 * same customer each time. Items of one product at one price become one line. The shop sells everything itself; the data's seller is where
 * a line is sent from.
 *
 * <p>An order's value is its items and freight. Where payments differ by some cents, they stay as paid and the difference is the document's
 * {@code roundingError}.
 *
 * @param <T> what is made of an order
 */
public final class OlistOrders<T> implements Iterable<T> {
  private static final Map<String, WantedEnd> ENDS = Map.of(
      "delivered", WantedEnd.DELIVERED,
      "shipped", WantedEnd.SHIPPED,
      "invoiced", WantedEnd.INVOICED,
      "processing", WantedEnd.HANDLING,
      "canceled", WantedEnd.CANCELED,
      "unavailable", WantedEnd.CANCELED, // bought, then not to be had
      "approved", WantedEnd.READY,
      "created", WantedEnd.PAYMENT_PENDING);

  private final OlistData data;
  private final BiFunction<OlistData.Order, Basket, T> maker;
  private final Consumer<Problem> problems;

  private OlistOrders(OlistData data, BiFunction<OlistData.Order, Basket, T> maker, Consumer<Problem> problems) {
    this.data = data;
    this.maker = maker;
    this.problems = problems;
  }

  /**
   * As orders to place now.
   *
   * @param problems as below
   */
  static OlistOrders<PlannedOrder> read(Path directory, Instant now, Consumer<Problem> problems) throws UnusableData {
    return read(directory, (order, basket) -> OrderDocuments.plan(basket, new Dice(2, order.id().hashCode()), now), problems);
  }

  /**
   * As {@code maker} makes them.
   *
   * @param problems told of every row that makes no sense: here while the files are read, and during iteration what does not fit together
   * @throws UnusableData if there is nothing to read
   */
  public static <T> OlistOrders<T> read(Path directory, BiFunction<OlistData.Order, Basket, T> maker, Consumer<Problem> problems) throws UnusableData {
    return new OlistOrders<>(OlistData.read(directory, problems), maker, problems);
  }

  /** How many there are, before any of them is left out. */
  public int size() {
    return data.orders.size();
  }

  @Override
  public Iterator<T> iterator() {
    return data.orders.values().stream().map(this::make).flatMap(Optional::stream).iterator();
  }

  private Optional<T> make(OlistData.Order order) {
    try {
      // the files' own ids are hex of a random number: enough to seed by
      return Optional.of(maker.apply(order, basket(order, new Dice(1, order.id().hashCode()))));
    } catch (LeftOut e) {
      problems.accept(e.problem);
      return Optional.empty();
    }
  }

  /** An order that is not whole. */
  private static final class LeftOut extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Problem problem;

    LeftOut(String file, long line, String what) {
      super(what);
      problem = new Problem(file, line, what);
    }
  }

  private Basket basket(OlistData.Order order, Dice dice) throws LeftOut {
    var because = data.incomplete.get(order.id());
    if (because != null) throw new LeftOut("orders.csv", order.line(), "order left out, it is not whole without " + because);
    var end = ENDS.get(order.status());
    if (end == null) throw new LeftOut("orders.csv", order.line(), "unknown order_status '" + order.status() + "'");
    var customer = data.customers.get(order.customer());
    if (customer == null) throw new LeftOut("orders.csv", order.line(), "customers.csv has no customer " + order.customer());
    return new Basket(order.id(), end, buyer(customer, end), lines(order), payments(order, dice),
        Math.max(1, order.promisedDays() * 5 / 7), null, null);
  }

  private static Basket.Buyer buyer(OlistData.Customer customer, WantedEnd end) {
    var dice = new Dice(3, customer.uniqueId().hashCode());
    var like = People.anyCity(dice);
    var city = new People.City(customer.city(), customer.state(), "", like.areaCode(), like.longitude(), like.latitude());
    return People.buyer(dice, city, customer.zipPrefix() + "-" + dice.digits(3), end == WantedEnd.PAYMENT_PENDING ? "undefined" : null);
  }

  /** What makes items one line. */
  private record Alike(String product, String seller, long price) {}

  private List<Line> lines(OlistData.Order order) throws LeftOut {
    var items = data.items.get(order.id());
    if (items == null) throw new LeftOut("orders.csv", order.line(), "order_items.csv has nothing of this order");
    var alike = new LinkedHashMap<Alike, List<OlistData.Item>>();
    for (var item : items.stream().sorted(Comparator.comparingInt(OlistData.Item::number)).toList()) {
      alike.computeIfAbsent(new Alike(item.product(), item.seller(), item.price()), none -> new ArrayList<>()).add(item);
    }
    var lines = new ArrayList<Line>();
    for (var same : alike.values()) lines.add(line(same));
    return lines;
  }

  private Line line(List<OlistData.Item> same) throws LeftOut {
    var item = same.get(0);
    var product = data.products.get(item.product());
    if (product == null) throw new LeftOut("order_items.csv", item.line(), "products.csv has no product " + item.product());
    var seller = data.sellers.get(item.seller());
    if (seller == null) throw new LeftOut("order_items.csv", item.line(), "sellers.csv has no seller " + item.seller());
    var category = product.category().isEmpty() ? "sem categoria" : product.category().replace('_', ' ');
    var sold = new Basket.Product(item.product(), item.product(), category + " " + item.product().substring(0, Math.min(6, item.product().length())),
        "Olist", category, product.grams(), product.length(), product.height(), product.width());
    long freight = same.stream().mapToLong(OlistData.Item::freight).sum();
    return new Line(sold, same.size(), item.price(), 0, freight, item.seller(), "Correios");
  }

  private List<Basket.Payment> payments(OlistData.Order order, Dice dice) throws LeftOut {
    var payments = data.payments.get(order.id());
    if (payments == null) throw new LeftOut("orders.csv", order.line(), "order_payments.csv has nothing of this order");
    var paid = new ArrayList<Basket.Payment>();
    for (var payment : payments.stream().sorted(Comparator.comparingInt(OlistData.Payment::number)).toList()) {
      var method = method(payment, dice);
      boolean card = method == Method.VISA || method == Method.MASTERCARD || method == Method.MAESTRO;
      paid.add(new Basket.Payment(method, payment.value(), Math.max(1, payment.installments()), card ? dice.digits(4) : null));
    }
    return paid;
  }

  private static Method method(OlistData.Payment payment, Dice dice) throws LeftOut {
    return switch (payment.type()) {
      case "credit_card" -> dice.chance(0.5) ? Method.VISA : Method.MASTERCARD;
      case "debit_card" -> Method.MAESTRO;
      case "boleto" -> Method.BOLETO;
      case "voucher" -> Method.VOUCHER;
      default -> throw new LeftOut("order_payments.csv", payment.line(), "unknown payment_type '" + payment.type() + "'");
    };
  }
}
