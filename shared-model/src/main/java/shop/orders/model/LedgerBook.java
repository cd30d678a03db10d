package shop.orders.model;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Writes a {@link Ledger}: entry by entry, each amount given to lines in whole. */
final class LedgerBook {
  private final List<Entry> entries = new ArrayList<>();
  private int sales;
  private int salesUnseen;

  LedgerBook(long placedValue, List<Map<String, @Nullable Object>> items) {
    for (var item : items) entries.add(new Entry(item, OrderDocument.number(item.get("quantity"))));
    spread(placedValue, e -> e.ordered, (e, cents) -> e.valueOrdered += cents);
  }

  /** A change that was done. */
  void change(ChangeEffect effect) {
    for (var item : effect.added()) entries.add(new Entry(item, 0));
    for (var line : effect.lines()) {
      if (line.itemIndex() >= entries.size()) throw new IllegalArgumentException("a change names line " + line.itemIndex() + " of " + entries.size());
      var entry = entries.get(line.itemIndex());
      entry.changed += line.quantity();
      entry.valueChanged += line.value();
    }
    spread(effect.beyondLines(), e -> e.ordered + e.changed, (e, cents) -> e.valueChanged += cents);
  }

  /** A package as it is shown. One without a number is none: nobody could speak of it. */
  void invoice(Map<String, @Nullable Object> parcel) {
    var number = OrderDocument.text(parcel.get("invoiceNumber"));
    if (number == null || number.isBlank()) return;
    boolean isReturn = "Input".equalsIgnoreCase(OrderDocument.text(parcel.get("type")));
    boolean isShipped = isSaid(parcel.get("trackingNumber")) || isSaid(parcel.get("dispatchedDate")) || parcel.get("courierStatus") != null;
    var items = OrderDocument.objects(parcel.get("items")).stream().filter(i -> entry(i) != null).toList();
    for (var item : items) {
      var entry = entry(item);
      long pieces = OrderDocument.number(item.get("quantity"));
      if (isReturn) entry.returned += pieces;
      else entry.invoiced += pieces;
      if (!isReturn && isShipped) entry.shipped += pieces;
    }
    Booking booking = isReturn ? (e, cents) -> e.valueRefunded += cents : (e, cents) -> e.valueInvoiced += cents;
    long value = OrderDocument.number(parcel.get("invoiceValue"));
    if (!isReturn) sales++;
    if (items.isEmpty()) {
      if (!isReturn) salesUnseen++;
      spread(value, e -> e.ordered + e.changed, booking); // an imported one that says what it cost and not what is in it
      return;
    }
    var parts = Allocation.split(value, weights(items.size(), i -> OrderDocument.number(items.get(i).get("price")), i -> OrderDocument.number(items.get(i).get("quantity"))));
    for (int i = 0; i < parts.length; i++) booking.add(entry(items.get(i)), parts[i]);
  }

  /** Whether another system sold the order, and its packages do not say what was in them, or did not come along. */
  boolean isSoldUnseen(Order order) {
    return order.imported().isPresent() && order.status() == OrderStatus.INVOICED && (sales == 0 || salesUnseen > 0);
  }

  List<LedgerLine> lines() {
    var lines = new ArrayList<LedgerLine>();
    for (int i = 0; i < entries.size(); i++) lines.add(entries.get(i).line(i));
    return lines;
  }

  /** The line a package's item names; null if there is none. */
  private @Nullable Entry entry(Map<String, @Nullable Object> item) {
    if (!(item.get("itemIndex") instanceof Number index) || index.longValue() < 0 || index.longValue() >= entries.size()) return null;
    return entries.get(index.intValue());
  }

  /** Gives an amount to all lines, by what their pieces cost. */
  private void spread(long cents, ToLongFunction<Entry> pieces, Booking booking) {
    if (entries.isEmpty()) return;
    var parts = Allocation.split(cents, weights(entries.size(), i -> entries.get(i).sellingPrice, i -> pieces.applyAsLong(entries.get(i))));
    for (int i = 0; i < parts.length; i++) booking.add(entries.get(i), parts[i]);
  }

  private static BigInteger[] weights(int size, IntToLongFunction price, IntToLongFunction quantity) {
    var weights = new BigInteger[size];
    for (int i = 0; i < size; i++) weights[i] = Allocation.weight(price.applyAsLong(i), quantity.applyAsLong(i));
    if (Arrays.stream(weights).allMatch(w -> w.signum() == 0)) { // all for nothing: by the piece
      for (int i = 0; i < size; i++) weights[i] = Allocation.weight(1, quantity.applyAsLong(i));
    }
    return weights;
  }

  private static boolean isSaid(@Nullable Object value) {
    var text = OrderDocument.text(value);
    return text != null && !text.isBlank();
  }

  private interface Booking {
    void add(Entry entry, long cents);
  }

  /** A line while it is added up. */
  private static final class Entry {
    private final Map<String, @Nullable Object> item;
    private final long ordered;
    private final long sellingPrice;
    private long changed;
    private long invoiced;
    private long shipped;
    private long returned;
    private long valueOrdered;
    private long valueChanged;
    private long valueInvoiced;
    private long valueRefunded;

    Entry(Map<String, @Nullable Object> item, long ordered) {
      this.item = item;
      this.ordered = ordered;
      this.sellingPrice = item.get("sellingPrice") == null ? OrderDocument.number(item.get("price")) : OrderDocument.number(item.get("sellingPrice"));
    }

    LedgerLine line(int index) {
      return new LedgerLine(
          index,
          String.valueOf(item.get("id")),
          OrderDocument.text(item.get("uniqueId")),
          OrderDocument.text(item.get("name")),
          OrderDocument.number(item.get("price")),
          sellingPrice,
          Units.multiplier(item),
          ordered,
          changed,
          invoiced,
          shipped,
          returned,
          valueOrdered,
          valueChanged,
          valueInvoiced,
          valueRefunded);
    }
  }
}
