package shop.orders.localstack.replay;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shop.orders.localstack.replay.Basket.Line;
import shop.orders.localstack.replay.Basket.Method;
import shop.orders.localstack.replay.Basket.Payment;

/** Invented baskets: goods, discounts, freight, a buyer, and payments that add up to the value. */
public final class Baskets {
  private static final List<String> WAREHOUSES = List.of("cajamar", "extrema", "recife", "serra");
  private static final List<String> COURIERS = List.of("Correios", "Rápido Paulista", "Sul Cargas");

  private Baskets() {}

  /**
   * @param wish a word in the buyer's e-mail address that steers the stub antifraud provider; null for none
   * @param dice the same throws make the same basket
   */
  public static Basket any(String source, WantedEnd end, @Nullable String wish, int lineCount, Dice dice) {
    boolean discounted = dice.chance(0.25);
    var lines = new ArrayList<Line>();
    var warehouse = dice.pick(WAREHOUSES);
    var courier = dice.pick(COURIERS);
    for (int i = lineCount; i > 0; i--) lines.add(line(dice, discounted, warehouse, courier));
    var city = People.anyCity(dice);
    var buyer = People.buyer(dice, city, People.postalCode(dice, city), wish);
    var unpaid = new Basket(source, end, buyer, lines, List.of(), dice.between(1, 12),
        discounted ? "CUPOM" + dice.between(5, 30) : null, dice.chance(0.2) ? "semana-" + dice.between(1, 52) : null);
    return new Basket(source, end, buyer, lines, payments(dice, unpaid.value()), unpaid.businessDays(), unpaid.coupon(), unpaid.campaign());
  }

  private static Line line(Dice dice, boolean discounted, String warehouse, String courier) {
    var offer = Catalogue.any(dice);
    int quantity = dice.chance(0.8) ? 1 : dice.between(2, 12);
    long discount = discounted && dice.chance(0.7) ? offer.price() * dice.between(5, 30) / 100 : 0;
    long freight = dice.chance(0.2) ? 0 : dice.between(490, 2990) + offer.product().grams() * (long) quantity / 20;
    return new Line(offer.product(), quantity, offer.price(), discount, freight, warehouse, courier);
  }

  /** One payment, or a voucher for a part and the rest by another method; together exactly the value. */
  private static List<Payment> payments(Dice dice, long value) {
    if (value < 2 || !dice.chance(0.1)) return List.of(payment(dice, value));
    long voucher = Math.max(1, value * dice.between(5, 60) / 100);
    return List.of(new Payment(Method.VOUCHER, voucher, 1, null), payment(dice, value - voucher));
  }

  private static Payment payment(Dice dice, long value) {
    double share = dice.share();
    if (share < 0.35) return new Payment(Method.VISA, value, dice.skewed(1, 12), dice.digits(4));
    if (share < 0.65) return new Payment(Method.MASTERCARD, value, dice.skewed(1, 12), dice.digits(4));
    if (share < 0.70) return new Payment(Method.MAESTRO, value, 1, dice.digits(4));
    if (share < 0.80) return new Payment(Method.BOLETO, value, 1, null);
    return new Payment(Method.PIX, value, 1, null);
  }
}
