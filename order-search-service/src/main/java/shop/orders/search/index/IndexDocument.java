package shop.orders.search.index;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One order in the index: what it is filtered, sorted and summed by, and the row to answer. Field names are those of {@code
 * orders-index.json}; dates are milliseconds since 1970, cut off.
 *
 * @param ver the order's version
 * @param projection the {@link OrderProjection#PROJECTION} that made it
 * @param words what {@code q} looks in, see {@link Words}
 * @param problem why this is only a skeleton (ids, dates, status, total); null for a whole document
 * @param problemSince when that was first found, null for a whole document
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record IndexDocument(
    String account,
    String orderId,
    long ver,
    int projection,
    String status,
    long creationDate,
    @Nullable Long authorizedDate,
    @Nullable Long invoicedDate,
    long lastChange,
    @Nullable Long shippingEstimatedDate,
    long totalValue,
    @Nullable Long totalItems,
    @Nullable String currencyCode,
    String origin,
    @Nullable String salesChannel,
    @Nullable String affiliateId,
    List<String> sellerIds,
    List<String> sellerNames,
    List<String> paymentNames,
    @Nullable String utmSource,
    @Nullable String callCenterOperatorName,
    List<String> ratesAndBenefits,
    @Nullable Boolean hasInputInvoice,
    @Nullable Boolean isInStore,
    List<String> skuIds,
    @Nullable String listId,
    List<String> paymentIds,
    List<String> transactionIds,
    List<String> tids,
    List<String> nsus,
    List<String> words,
    Map<String, @Nullable Object> custom,
    @Nullable String problem,
    @Nullable Long problemSince,
    OrderRow row) {
  /** The status of orders that their checkout never completed, whatever became of them: lists show them only when asked to. */
  static final String INCOMPLETE = "incomplete";

  /** Bits of the external version below the order's own: nine of the projection, one for "whole". */
  private static final int LOWER_BITS = 10;

  /** {@code _id}: unique over all accounts. */
  @JsonIgnore
  String id() {
    return account + "/" + orderId;
  }

  /**
   * {@code _version}: grows with the order, for the same order with the projection, and for the same projection from skeleton to whole. So
   * neither an older copy nor an older program overwrites a newer document, and an order whose document is taken at last replaces its own
   * skeleton.
   */
  @JsonIgnore
  long externalVersion() {
    return ver << LOWER_BITS | (long) projection << 1 | (isSkeleton() ? 0 : 1);
  }

  /** The index it belongs to. */
  @JsonIgnore
  IndexName index() {
    return IndexName.of(Instant.ofEpochMilli(creationDate));
  }

  @JsonIgnore
  boolean isSkeleton() {
    return problem != null;
  }
}
