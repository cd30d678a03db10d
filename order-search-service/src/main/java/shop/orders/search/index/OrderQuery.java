package shop.orders.search.index;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything a list can be asked for; there is no other way to ask, so no question costs more than these. All conditions must hold.
 *
 * @param text what to look for in ids, names, e-mails and documents: every blank-separated piece must begin one of them; empty for all
 * @param names by field, values of which one must be the order's, exactly
 * @param dates by field, the bounds, both inclusive and to the millisecond
 * @param flags by field, the wanted value
 * @param incomplete whether orders are wanted that their checkout never completed; these and only these
 * @param page from 1
 * @param perPage from 1
 */
public record OrderQuery(
    String text,
    Map<NameField, Set<String>> names,
    Map<DateField, Range> dates,
    Map<Flag, Boolean> flags,
    boolean incomplete,
    Sort sort,
    boolean ascending,
    int page,
    int perPage) {

  public OrderQuery {
    names = Map.copyOf(names);
    dates = Map.copyOf(dates);
    flags = Map.copyOf(flags);
  }

  /** @param from null for no lower bound @param to null for no upper bound */
  public record Range(@Nullable Instant from, @Nullable Instant to) {}

  /** What is compared as it stands. */
  public enum NameField {
    STATUS("status"),
    SALES_CHANNEL("salesChannel"),
    AFFILIATE_ID("affiliateId"),
    SELLER_ID("sellerIds"),
    SELLER_NAME("sellerNames"),
    PAYMENT_NAME("paymentNames"),
    UTM_SOURCE("utmSource"),
    CALL_CENTER_OPERATOR("callCenterOperatorName"),
    RATES_AND_BENEFITS("ratesAndBenefits"),
    SKU_ID("skuIds"),
    LIST_ID("listId"),
    PAYMENT_ID("paymentIds"),
    TRANSACTION_ID("transactionIds"),
    TID("tids"),
    NSU("nsus");

    final String field;

    NameField(String field) {
      this.field = field;
    }
  }

  /** What is compared as a moment. */
  public enum DateField {
    CREATED("creationDate"),
    AUTHORIZED("authorizedDate"),
    INVOICED("invoicedDate"),
    SHIPPING_ESTIMATED("shippingEstimatedDate");

    final String field;

    DateField(String field) {
      this.field = field;
    }
  }

  /** What is so or not. */
  public enum Flag {
    HAS_INPUT_INVOICE("hasInputInvoice"),
    IN_STORE("isInStore");

    final String field;

    Flag(String field) {
      this.field = field;
    }
  }

  /** What to sort by; orders that are equal in it are sorted by id, in the same direction. */
  public enum Sort {
    CREATION_DATE("creationDate"),
    ORDER_ID("orderId"),
    ITEMS("totalItems"),
    TOTAL_VALUE("totalValue"),
    ORIGIN("origin");

    final String field;

    Sort(String field) {
      this.field = field;
    }
  }

  /** The same of orders created at that moment or later alone. */
  public OrderQuery createdFrom(Instant earliest) {
    var narrower = new EnumMap<DateField, Range>(DateField.class);
    narrower.putAll(dates);
    var before = dates.getOrDefault(DateField.CREATED, new Range(null, null));
    var from = before.from() != null && before.from().isAfter(earliest) ? before.from() : earliest;
    narrower.put(DateField.CREATED, new Range(from, before.to()));
    return new OrderQuery(text, names, narrower, flags, incomplete, sort, ascending, page, perPage);
  }

  /** The pieces of {@link #text} as the index knows them. */
  List<String> words() {
    return Words.asked(text);
  }
}
