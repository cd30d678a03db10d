package shop.orders.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change somebody wants, whichever call it came by. Amounts in cents.
 *
 * @param discount off the whole order, zero or more
 * @param increment on the whole order, zero or more
 * @param customFields to be set, {@code customFieldsGone} to be removed before
 * @param client fields of {@code clientProfileData} to be set
 */
public record ChangeRequest(
    List<Taken> taken,
    List<Given> given,
    long discount,
    long increment,
    List<Map<String, @Nullable Object>> customFields,
    List<Map<String, @Nullable Object>> customFieldsGone,
    Map<String, @Nullable Object> client) {

  /**
   * Pieces the customer no longer gets.
   *
   * @param atPrice they are given back at the price that is named; otherwise at what they cost
   * @param withShipping what their shipping costs goes too, if nothing of the line is left
   */
  public record Taken(Ledger.Wanted wanted, boolean atPrice, boolean withShipping) {}

  /**
   * Pieces the customer gets besides.
   *
   * @param uniqueId of the line that is meant, or of the new one; null if it is all the same
   * @param price of one unit; null: that of the same SKU in the order
   * @param sellingPrice of one piece; null: the price times the multiplier
   * @param unitMultiplier units in one piece; null: as in the same SKU in the order, else one
   * @param manualDiscount off all of them
   * @param fields of the item beside these, as they were sent
   * @param logistics how it is shipped and at what {@code price}; null: as it is
   */
  public record Given(
      String id,
      @Nullable String uniqueId,
      @Nullable Long price,
      @Nullable Long sellingPrice,
      @Nullable BigDecimal unitMultiplier,
      long quantity,
      long manualDiscount,
      long manualIncrement,
      Map<String, @Nullable Object> fields,
      @Nullable Map<String, @Nullable Object> logistics) {}
}
