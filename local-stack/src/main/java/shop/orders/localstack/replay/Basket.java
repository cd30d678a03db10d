package shop.orders.localstack.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody buys, before it is an order document. All money is in cents.
 *
 * @param payments what was paid; what they differ by from {@link #value()} goes into the document's {@code roundingError}
 * @param businessDays until delivery, as promised
 */
public record Basket(
    String source,
    WantedEnd end,
    Buyer buyer,
    List<Line> lines,
    List<Payment> payments,
    int businessDays,
    @Nullable String coupon,
    @Nullable String campaign) {

  /**
   * @param price for one, before discount
   * @param discount for one, 0 to price
   * @param freight for the whole line
   * @param warehouse where it lies
   * @param courier who carries it
   */
  public record Line(Product product, int quantity, long price, long discount, long freight, String warehouse, String courier) {
    long sellingPrice() {
      return price - discount;
    }
  }

  /** @param grams weight of one; sides are centimetres */
  public record Product(
      String sku, String productId, String name, String brand, String category, int grams, int length, int height, int width) {}

  public record Buyer(
      String firstName, String lastName, String email, String document, String phone, String userId,
      String street, String number, @Nullable String complement, String neighborhood, String postalCode, String city, String state,
      double longitude, double latitude) {}

  /** @param lastDigits of the card; null for whatever is not a card */
  public record Payment(Method method, long value, int installments, @Nullable String lastDigits) {}

  /** As VTEX numbers and names them. */
  public enum Method {
    VISA("2", "Visa", "creditCard"),
    MASTERCARD("4", "Mastercard", "creditCard"),
    BOLETO("6", "Boleto Bancário", "bankInvoice"),
    VOUCHER("16", "Vale", "giftCard"),
    MAESTRO("44", "Maestro", "debitCard"),
    PIX("125", "Pix", "instantPayment");

    final String id;
    final String label;
    final String group;

    Method(String id, String label, String group) {
      this.id = id;
      this.label = label;
      this.group = group;
    }
  }

  long itemsTotal() {
    return lines.stream().mapToLong(line -> line.price() * line.quantity()).sum();
  }

  /** Zero or less. */
  long discountsTotal() {
    return -lines.stream().mapToLong(line -> line.discount() * line.quantity()).sum();
  }

  long freightTotal() {
    return lines.stream().mapToLong(Line::freight).sum();
  }

  /** The same basket with another end. */
  public Basket endingAs(WantedEnd other) {
    return new Basket(source, other, buyer, lines, payments, businessDays, coupon, campaign);
  }

  /** What the order costs. */
  public long value() {
    return itemsTotal() + discountsTotal() + freightTotal();
  }

  long paid() {
    return payments.stream().mapToLong(Payment::value).sum();
  }
}
