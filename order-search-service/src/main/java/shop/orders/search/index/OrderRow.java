package shop.orders.search.index;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the order list, exactly as the API answers it: names with their odd capitals, their order, nulls said aloud. It is kept
 * in the index ready to be sent, so a change of its shape needs a new {@link OrderProjection#PROJECTION}.
 *
 * @param items always null, as VTEX has answered since 2018
 * @param totalValue in cents
 * @param totalItems units over all lines
 * @param paymentNames names of the payment systems, joined by a comma; empty if there are none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({
  "orderId", "creationDate", "clientName", "items", "totalValue", "paymentNames", "status", "statusDescription", "marketPlaceOrderId", "sequence",
  "salesChannel", "affiliateId", "origin", "workflowInErrorState", "workflowInRetry", "lastMessageUnread", "ShippingEstimatedDate",
  "ShippingEstimatedDateMax", "ShippingEstimatedDateMin", "orderIsComplete", "listId", "listType", "authorizedDate", "callCenterOperatorName",
  "totalItems", "currencyCode", "hostname", "invoiceOutput", "invoiceInput", "lastChange", "isAllDelivered", "isAnyDelivered", "giftCardProviders",
  "orderFormId", "paymentApprovedDate", "readyForHandlingDate", "deliveryDates", "customFieldsValues", "customFields"
})
public record OrderRow(
    String orderId,
    String creationDate,
    @Nullable String clientName,
    @Nullable Object items,
    long totalValue,
    String paymentNames,
    @Nullable String status,
    String statusDescription,
    @Nullable String marketPlaceOrderId,
    String sequence,
    String salesChannel,
    String affiliateId,
    String origin,
    boolean workflowInErrorState,
    boolean workflowInRetry,
    @Nullable String lastMessageUnread,
    @JsonProperty("ShippingEstimatedDate") @Nullable String shippingEstimatedDate,
    @JsonProperty("ShippingEstimatedDateMax") @Nullable String shippingEstimatedDateMax,
    @JsonProperty("ShippingEstimatedDateMin") @Nullable String shippingEstimatedDateMin,
    boolean orderIsComplete,
    @Nullable String listId,
    @Nullable String listType,
    @Nullable String authorizedDate,
    @Nullable String callCenterOperatorName,
    long totalItems,
    @Nullable String currencyCode,
    String hostname,
    @Nullable List<String> invoiceOutput,
    @Nullable List<String> invoiceInput,
    String lastChange,
    @JsonProperty("isAllDelivered") boolean isAllDelivered,
    @JsonProperty("isAnyDelivered") boolean isAnyDelivered,
    @Nullable List<String> giftCardProviders,
    @Nullable String orderFormId,
    @Nullable String paymentApprovedDate,
    @Nullable String readyForHandlingDate,
    @Nullable List<String> deliveryDates,
    @Nullable List<String> customFieldsValues,
    List<Object> customFields) {}
