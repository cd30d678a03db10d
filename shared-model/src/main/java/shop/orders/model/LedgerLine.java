package shop.orders.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What became of one line of an order. Quantities are pieces, values whole cents.
 *
 * @param itemIndex its place in the order as changed; a line keeps its place for good, added ones come after
 * @param id of the SKU; several lines may have the same
 * @param price of one unit
 * @param sellingPrice of one piece
 * @param unitMultiplier units in one piece
 * @param changed pieces more (or less) than ordered
 * @param shipped of what was invoiced, what a carrier has
 * @param returned pieces on return invoices
 * @param valueOrdered the line's part of the order's value as placed, shipping and all
 * @param valueChanged its part of what changes made the order cost more (or less)
 * @param valueInvoiced its part of the sales invoices
 * @param valueRefunded its part of the return invoices
 */
public record LedgerLine(
    int itemIndex,
    String id,
    @Nullable String uniqueId,
    @Nullable String name,
    long price,
    long sellingPrice,
    BigDecimal unitMultiplier,
    long ordered,
    long changed,
    long invoiced,
    long shipped,
    long returned,
    long valueOrdered,
    long valueChanged,
    long valueInvoiced,
    long valueRefunded) {

  /** Pieces the customer is to get. */
  public long wanted() {
    return ordered + changed;
  }

  /** Pieces not invoiced yet; none where an imported order has more invoiced than ordered. */
  public long toInvoice() {
    return Math.max(0, wanted() - invoiced);
  }

  /** What one piece costs at that price of a unit, in cents. @throws ArithmeticException if that is beyond counting */
  long pieceAt(long unitPrice) {
    return Units.cents(unitPrice, unitMultiplier);
  }

  /** Whether its pieces cost what they do at that price of a unit; for any price. */
  boolean isUnitPrice(long price) {
    return Units.exact(price, unitMultiplier).compareTo(BigDecimal.valueOf(sellingPrice)) == 0;
  }

  /** Pieces that may come back. */
  public long toReturn() {
    return Math.max(0, invoiced - returned);
  }
}
