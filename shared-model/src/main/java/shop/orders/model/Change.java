package shop.orders.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event changed besides the status. Small by rule: what can be large (the placed document, a package's lines and XML) is
 * written once as a document of its own and named here by its revision.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Change.Placed.class, name = "placed"),
  @JsonSubTypes.Type(value = Change.Moved.class, name = "moved"),
  @JsonSubTypes.Type(value = Change.AntifraudAnswered.class, name = "antifraud-answered"),
  @JsonSubTypes.Type(value = Change.PaymentNotified.class, name = "payment-notified"),
  @JsonSubTypes.Type(value = Change.Invoiced.class, name = "invoiced"),
  @JsonSubTypes.Type(value = Change.Tracked.class, name = "tracked"),
  @JsonSubTypes.Type(value = Change.CancelAsked.class, name = "cancel-asked"),
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Change {

  /** The name of this kind of change, as it is stored and shown. */
  default String type() {
    for (var type : Change.class.getAnnotation(JsonSubTypes.class).value()) if (type.value() == getClass()) return type.name();
    throw new IllegalStateException(getClass() + " has no name");
  }

  /**
   * The order came to be.
   *
   * @param documentRev revision of the placed document
   * @param value total in cents
   * @param sequence the account's running number, as text
   * @param orderGroup null for an order placed by an outside marketplace
   */
  record Placed(Flow flow, String documentRev, long value, String sequence, @Nullable String orderGroup) implements Change {}

  /** The status moved on, nothing else. */
  record Moved(@Nullable String reason) implements Change {}

  /**
   * The antifraud provider said something.
   *
   * @param verdict received, undefined, approved or denied
   * @param tid the provider's own id
   */
  record AntifraudAnswered(String transactionId, @Nullable String tid, String verdict, @Nullable String message) implements Change {}

  /** Somebody entitled said that the payment was made. */
  record PaymentNotified(String paymentId) implements Change {}

  /**
   * A package with its invoice was recorded.
   *
   * @param value of the invoice in cents
   * @param documentRev revision of the package's document (lines, XML and the rest)
   */
  record Invoiced(String number, InvoiceType invoiceType, long value, String documentRev) implements Change {}

  /**
   * The carrier reported on a package.
   *
   * @param events newest last, as they were sent; null or absent fields stay null
   */
  record Tracked(String invoiceNumber, boolean delivered, @Nullable String deliveredDate, List<CarrierEvent> events) implements Change {
    public Tracked {
      events = List.copyOf(events);
    }
  }

  /** One line of a carrier's report. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CarrierEvent(@Nullable String city, @Nullable String state, @Nullable String description, @Nullable String date) {}

  /** A cancellation was asked for, by the shopper ({@code byUser}) or by the seller or the system. */
  record CancelAsked(@Nullable String reason, boolean byUser, boolean bySystem) implements Change {}

  /** Sale or return. */
  enum InvoiceType {
    Output,
    Input
  }

}
