package shop.orders.model;

import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Change.InvoiceType;

/**
 * What of an order was ordered, changed, invoiced, shipped and returned, line by line, to the piece and to the cent. The sums over lines
 * are the order's own. What was sent here keeps its rules; what an imported order brought along is shown as it is, right or wrong.
 */
public final class Ledger {
  /** More is a mistake, and sums of it could overflow: ten million millions, in cents. */
  public static final long LARGEST = 1_000_000_000_000_000L;

  private final List<LedgerLine> lines;
  private final long placed;
  private final long value;
  private final long invoiced;
  private final long refunded;
  private final boolean soldUnseen;

  private Ledger(List<LedgerLine> lines, long placed, long value, long invoiced, long refunded, boolean soldUnseen) {
    this.lines = List.copyOf(lines);
    this.placed = placed;
    this.value = value;
    this.invoiced = invoiced;
    this.refunded = refunded;
    this.soldUnseen = soldUnseen;
  }

  /**
   * @param documents the order's documents by revision
   * @throws IllegalArgumentException if one that an event names is not among them
   */
  public static Ledger of(Order order, Map<String, Map<String, @Nullable Object>> documents) {
    var revision = order.placed().documentRev();
    var document = documents.get(revision);
    if (document == null) throw new IllegalArgumentException("order " + order.key() + " has no document " + revision);
    var book = new LedgerBook(order.placed().value(), OrderDocument.objects(document.get("items")));
    for (var effect : ChangeRequests.effects(order, documents)) book.change(effect);
    var came = document.get("packageAttachment") instanceof Map<?, ?> attachment ? attachment.get("packages") : null;
    for (var parcel : OrderView.packages(order, documents, came)) book.invoice(parcel);
    var lines = book.lines();
    return new Ledger(lines, order.placed().value(), order.value(), sum(lines, LedgerLine::valueInvoiced), sum(lines, LedgerLine::valueRefunded), book.isSoldUnseen(order));
  }

  /** The order's lines, those added by changes after the others. */
  public List<LedgerLine> lines() {
    return lines;
  }

  /** What it cost when it was placed, in cents. */
  public long placed() {
    return placed;
  }

  /** What it costs now, in cents. */
  public long value() {
    return value;
  }

  /** Sum of the sales invoices in cents. */
  public long invoiced() {
    return invoiced;
  }

  /** Sum of the return invoices in cents. */
  public long refunded() {
    return refunded;
  }

  /**
   * By how many cents the sales invoices may miss the value: whoever invoices line by line rounds line by line. Never more than a hundredth,
   * so that nothing of weight passes for rounding.
   */
  public long tolerance() {
    return Math.max(0, Math.min(lines.size(), value / 100));
  }

  /** Whether the order is invoiced whole once {@code more} cents are. */
  public boolean isCovered(long more) {
    return invoiced + more >= value - tolerance();
  }

  /**
   * Takes an invoice, or says why not.
   *
   * @param cents its value
   * @return the pieces of each line that it is over, in the order they were asked for
   * @throws InvalidDocument if it is over more than there is to invoice, or to return
   */
  public List<Pieces> invoice(InvoiceType type, long cents, List<Wanted> wanted) {
    var field = "invoiceValue";
    if (cents < 0 || cents > LARGEST) throw new InvalidDocument(field, "must be a whole number from 0 to " + LARGEST);
    if (type == InvoiceType.Output && cents > value + tolerance() - invoiced) {
      long left = Math.max(0, value - invoiced);
      throw new InvalidDocument(field, "must be at most " + left + ", what the order's invoices leave of its value " + value + "; was " + cents);
    }
    long sold = soldUnseen ? Math.max(invoiced, value) : invoiced;
    if (type == InvoiceType.Input && cents > sold - refunded) {
      throw new InvalidDocument(field, "must be at most " + Math.max(0, sold - refunded) + ", what was invoiced and not returned; was " + cents);
    }
    return type == InvoiceType.Output
        ? Placing.place(lines, LedgerLine::toInvoice, "invoice", wanted)
        : Placing.place(lines, this::toReturn, "return", wanted);
  }

  /** Any piece that was ordered may come back where nobody knows what was on the invoices. */
  private long toReturn(LedgerLine line) {
    return soldUnseen ? Math.max(0, Math.max(line.wanted(), line.invoiced()) - line.returned()) : line.toReturn();
  }

  /**
   * Refuses a change that does not fit what is invoiced.
   *
   * @throws InvalidDocument if it leaves no item, takes a line below what is invoiced of it, the value below what is invoiced or below nothing, or anything
   *     beyond {@link #LARGEST}
   */
  public void check(ChangeEffect effect) {
    try {
      long after = Math.addExact(value, effect.total());
      if (after < 0) throw new InvalidDocument("items", "would leave the order a value below nothing: " + after);
      if (after < invoiced) throw new InvalidDocument("items", "would leave the order a value of " + after + ", and " + invoiced + " is invoiced");
      if (after > LARGEST) throw new InvalidDocument("items", "would make the order's value too large");
      for (var line : effect.lines()) check(line);
      checkNotEmpty(effect);
      if (gross(effect) > LARGEST) throw new InvalidDocument("items", "come to an amount that is too large");
    } catch (ArithmeticException e) {
      throw new InvalidDocument("items", "would make the order's value too large");
    }
  }

  private void checkNotEmpty(ChangeEffect effect) {
    long before = 0;
    for (var line : lines) before = Math.addExact(before, line.wanted());
    long after = before;
    for (var line : effect.lines()) after = Math.addExact(after, line.quantity());
    if (before > 0 && after == 0) throw new InvalidDocument("items", "would leave nothing of the order; cancel it instead");
  }

  private void check(ChangeEffect.Line line) {
    var now = line.itemIndex() < lines.size() ? lines.get(line.itemIndex()) : null;
    long before = now == null ? 0 : now.wanted();
    long after = Math.addExact(before, line.quantity());
    if (after < 0 || after > LARGEST) throw new InvalidDocument("items", "would leave line " + line.itemIndex() + " a quantity of " + after);
    if (now != null && line.quantity() < 0 && after < now.invoiced()) {
      var which = "line " + line.itemIndex() + " (item " + now.id() + ")";
      throw new InvalidDocument("items", "would leave " + which + " a quantity of " + after + ", and " + now.invoiced() + " are invoiced");
    }
  }

  /** What is added to the order's totals and taken from them, whether or not it cancels out. @throws ArithmeticException if that is beyond counting */
  private static long gross(ChangeEffect effect) {
    long gross = 0;
    for (var line : effect.lines()) gross = Math.addExact(gross, Math.addExact(Math.abs(line.items()), Math.abs(line.discounts())));
    return gross;
  }

  /**
   * Pieces somebody speaks of. Which line is meant is told by {@code itemIndex} or {@code uniqueId}; else it is a line of that SKU and price if
   * there is one, and whatever of it does not fit there goes to the other lines of the SKU.
   *
   * @param id of the SKU; may be null where the line is named
   */
  public record Wanted(@Nullable String id, @Nullable Long itemIndex, @Nullable String uniqueId, @Nullable Long price, long quantity) {}

  /** Pieces of one line. @param wanted index of what was asked for */
  public record Pieces(int wanted, int itemIndex, long quantity) {}

  private static long sum(List<LedgerLine> lines, ToLongFunction<LedgerLine> cents) {
    return lines.stream().mapToLong(cents).sum();
  }
}
