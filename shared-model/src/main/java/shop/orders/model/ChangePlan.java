package shop.orders.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import shop.orders.model.ChangeRequest.Given;
import shop.orders.model.ChangeRequest.Taken;
import shop.orders.model.Ledger.Pieces;

/**
 * A change worked out on an order as it is: which lines it takes from, which it adds to, and what it comes to.
 *
 * @param taken pieces by line, each with the index of the {@link Taken} it belongs to
 * @param given where each {@link Given} went, in their order
 * @param items the order's items with those that come anew, quantities as before the change
 */
public record ChangePlan(ChangeEffect effect, List<Pieces> taken, List<Pieces> given, List<Map<String, @Nullable Object>> items) {

  /**
   * Works a change out.
   *
   * @param shown the order's document as it is shown now
   * @param seed what unique ids of new lines are made of, for want of better ones
   * @throws InvalidDocument if it does not fit the order, with the reason
   */
  public static ChangePlan of(Ledger ledger, Map<String, @Nullable Object> shown, ChangeRequest request, String seed) {
    try {
      var plan = new Work(ledger, shown, request, seed).plan();
      ledger.check(plan.effect);
      return plan;
    } catch (ArithmeticException e) {
      throw new InvalidDocument("items", "come to an amount that is too large");
    }
  }

  private static final class Work {
    private final Ledger ledger;
    private final ChangeRequest request;
    private final List<Map<String, @Nullable Object>> items;
    private final List<Map<String, @Nullable Object>> added = new ArrayList<>();
    private final List<Pieces> given = new ArrayList<>();
    private final TreeMap<Integer, Sums> lines = new TreeMap<>();
    private final ChangedShipping shipping;
    private final String seed;

    Work(Ledger ledger, Map<String, @Nullable Object> shown, ChangeRequest request, String seed) {
      this.ledger = ledger;
      this.request = request;
      this.items = new ArrayList<>(OrderDocument.objects(shown.get("items")));
      this.shipping = new ChangedShipping(shown.get("shippingData"));
      this.seed = seed;
    }

    ChangePlan plan() {
      var taken = Placing.place(ledger.lines(), LedgerLine::toInvoice, "remove", request.taken().stream().map(Taken::wanted).toList());
      for (var pieces : taken) take(request.taken().get(pieces.wanted()), pieces);
      for (int i = 0; i < request.given().size(); i++) give(i, request.given().get(i));
      for (var pieces : taken) if (request.taken().get(pieces.wanted()).withShipping() && isEmptied(pieces.itemIndex())) shipping.drop(pieces.itemIndex());
      var effect =
          new ChangeEffect(
              lines.entrySet().stream().map(e -> e.getValue().line(e.getKey())).filter(Sums::saysSomething).toList(),
              List.copyOf(added),
              shipping.changes(),
              shipping.cents(),
              request.discount(),
              request.increment(),
              request.customFields(),
              request.customFieldsGone(),
              request.client());
      if (isNothing(effect)) throw new InvalidDocument("body", "must change something");
      return new ChangePlan(effect, taken, List.copyOf(given), List.copyOf(items));
    }

    private void take(Taken taken, Pieces pieces) {
      var line = ledger.lines().get(pieces.itemIndex());
      long list = Math.max(line.pieceAt(line.price()), line.sellingPrice());
      var named = taken.wanted().price();
      long price = taken.atPrice() && named != null && named != line.sellingPrice() ? line.pieceAt(named) : line.sellingPrice();
      if (price > list) throw new InvalidDocument("items", "must not be given back at " + price + ": item " + line.id() + " costs " + list);
      sums(pieces.itemIndex()).add(Math.negateExact(pieces.quantity()), price, list, line.sellingPrice());
    }

    private void give(int index, Given one) {
      var item = GivenItem.of(one, items);
      int line = item.lineIn(items);
      if (line < 0) {
        line = items.size();
        var fields = item.fields(items, seed + ":" + line);
        items.add(fields);
        added.add(fields);
        shipping.begin(line, one.id());
      }
      sums(line).add(one.quantity(), item.sellingPrice(), item.listPrice(), item.sellingPrice());
      sums(line).value = Math.addExact(sums(line).value, Math.subtractExact(one.manualIncrement(), one.manualDiscount()));
      if (one.logistics() != null) shipping.set(line, one.logistics());
      given.add(new Pieces(index, line, one.quantity()));
    }

    private boolean isEmptied(int line) {
      return Math.addExact(ledger.lines().get(line).wanted(), sums(line).quantity) == 0;
    }

    private Sums sums(int line) {
      return lines.computeIfAbsent(line, l -> new Sums());
    }

    private static boolean isNothing(ChangeEffect effect) {
      return effect.lines().isEmpty() && effect.logistics().isEmpty() && effect.discount() == 0 && effect.increment() == 0
          && effect.customFields().isEmpty() && effect.customFieldsGone().isEmpty() && effect.client().isEmpty();
    }
  }

  /** What one line gains while the change is worked out. */
  private static final class Sums {
    private long quantity;
    private long value;
    private long items;
    private long discounts;

    void add(long pieces, long price, long list, long sellingPrice) {
      quantity = Math.addExact(quantity, pieces);
      value = Math.addExact(value, Math.multiplyExact(price, pieces));
      items = Math.addExact(items, Math.multiplyExact(list, pieces));
      discounts = Math.addExact(discounts, Math.multiplyExact(sellingPrice - list, pieces));
    }

    ChangeEffect.Line line(int index) {
      return new ChangeEffect.Line(index, quantity, value, items, discounts);
    }

    static boolean saysSomething(ChangeEffect.Line line) {
      return line.quantity() != 0 || line.value() != 0 || line.items() != 0 || line.discounts() != 0;
    }
  }
}
