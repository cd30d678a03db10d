package shop.orders.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event changed besides the status. Small by rule: what can be large (the placed document, a package's lines and XML) is
 * written once as a document of its own and named here by its revision.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Change.Placed.class, name = "placed"),
  @JsonSubTypes.Type(value = Change.Imported.class, name = "imported"),
  @JsonSubTypes.Type(value = Change.Moved.class, name = "moved"),
  @JsonSubTypes.Type(value = Change.AntifraudAnswered.class, name = "antifraud-answered"),
  @JsonSubTypes.Type(value = Change.PaymentNotified.class, name = "payment-notified"),
  @JsonSubTypes.Type(value = Change.Invoiced.class, name = "invoiced"),
  @JsonSubTypes.Type(value = Change.Tracked.class, name = "tracked"),
  @JsonSubTypes.Type(value = Change.InvoicePatched.class, name = "invoice-patched"),
  @JsonSubTypes.Type(value = Change.ChangeRequested.class, name = "change-requested"),
  @JsonSubTypes.Type(value = Change.ChangeSettled.class, name = "change-settled"),
  @JsonSubTypes.Type(value = Change.CancelAsked.class, name = "cancel-asked"),
  @JsonSubTypes.Type(value = Change.CancelDenied.class, name = "cancel-denied"),
  @JsonSubTypes.Type(value = Change.SellerAnswered.class, name = "seller-answered"),
  @JsonSubTypes.Type(value = Change.SellerChanged.class, name = "seller-changed"),
  @JsonSubTypes.Type(value = Change.SellerLeft.class, name = "seller-left"),
  @JsonSubTypes.Type(value = Change.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = Change.TriedAgain.class, name = "tried-again"),
  @JsonSubTypes.Type(value = Change.Reminded.class, name = "reminded"),
  @JsonSubTypes.Type(value = Change.Noted.class, name = "noted"),
  @JsonSubTypes.Type(value = Change.MessageSent.class, name = "message-sent"),
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Change {

  /** The name of this kind of change, as it is stored and shown. */
  default String type() {
    for (var type : Change.class.getAnnotation(JsonSubTypes.class).value()) if (type.value() == getClass()) return type.name();
    throw new IllegalStateException(getClass() + " has no name");
  }

  /** How an order came to be; every order's first change, and no other, is one of these. */
  sealed interface Origin extends Change permits Placed, Imported {
    Flow flow();

    /** Revision of the order's document. */
    String documentRev();

    /** Total in cents. */
    long value();

    /** The account's running number, as text. */
    String sequence();

    /** Null for an order placed by an outside marketplace. */
    @Nullable String orderGroup();
  }

  /**
   * The order was placed here.
   *
   * @param seller the outside seller that is to be told of it; null if nobody is
   */
  record Placed(Flow flow, String documentRev, long value, String sequence, @Nullable String orderGroup, @Nullable String seller) implements Origin {
    /** An order whose seller is not told. */
    public Placed(Flow flow, String documentRev, long value, String sequence, @Nullable String orderGroup) {
      this(flow, documentRev, value, sequence, orderGroup, null);
    }
  }

  /**
   * The order came from another system, with what had happened to it there. Its document is kept as it came; here stands what the product
   * must know without reading it.
   *
   * @param origin as the document says, {@code Chain} for one
   * @param live whether it goes on here by itself: feeds hear of it and timers run. Otherwise it is history: nothing is done until somebody asks
   * @param createdAt over there, long before the event's own time
   * @param statusSince when it entered the status it came with
   * @param authorizedAt null if its payment never was approved
   * @param invoicedAt null if it never was invoiced
   * @param entered when it first entered a status, by public name; what is known of it
   * @param packages those with an invoice number
   */
  record Imported(
      Flow flow,
      String documentRev,
      long value,
      String sequence,
      @Nullable String orderGroup,
      String origin,
      boolean live,
      Instant createdAt,
      Instant changedAt,
      Instant statusSince,
      @Nullable Instant authorizedAt,
      @Nullable Instant invoicedAt,
      Map<String, Instant> entered,
      List<Parcel> packages)
      implements Origin {
    public Imported {
      entered = Map.copyOf(entered);
      packages = List.copyOf(packages);
    }

    /** What is to be told of tells itself by another name: whoever follows the log need not know the order. */
    @Override
    public String type() {
      return live ? "imported-live" : HISTORY;
    }
  }

  /** The type of a change that feeds and hooks pass over. */
  String HISTORY = "imported";

  /**
   * A package that was invoiced before its order came here.
   *
   * @param value of the invoice in cents
   * @param delivered when, as the document says; empty if it says only that; null if it is on its way
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Parcel(String invoiceNumber, InvoiceType invoiceType, long value, @Nullable String delivered) {}

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

  /** A cancellation was asked for, by the shopper ({@code byUser}), the outside seller of the order ({@code bySeller}), the system, or by whoever holds a key. */
  record CancelAsked(@Nullable String reason, boolean byUser, boolean bySystem, boolean bySeller) implements Change {
    public CancelAsked(@Nullable String reason, boolean byUser, boolean bySystem) {
      this(reason, byUser, bySystem, false);
    }

    /** Nobody asked: the workflow itself cancels. */
    public static CancelAsked bySystem(String reason) {
      return new CancelAsked(reason, false, true);
    }
  }

  /** The seller will not cancel. @param requestId the command that asked for it */
  record CancelDenied(String requestId, String reason) implements Change {}

  /**
   * An outside seller said yes.
   *
   * @param sellerOrderId what the order is called over there; null if it did not say
   */
  record SellerAnswered(String seller, SellerCall call, @Nullable String sellerOrderId) implements Change {}

  /** What an outside seller is told. */
  enum SellerCall {
    PLACE,
    FULFILL,
    CANCEL
  }

  /** Another seller is to ship the order. @param told whether there is an address to tell it by */
  record SellerChanged(String seller, boolean told) implements Change {}

  /** A seller that was replaced was told so. @param reason why it would not cancel, or could not be told in time; null if it will not ship */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SellerLeft(String seller, @Nullable String reason) implements Change {}

  /** A step of the workflow failed. @param permanent whether it waits for somebody to try it again */
  record Failed(String message, boolean permanent) implements Change {}

  /** Somebody had a failed step tried again. */
  record TriedAgain() implements Change {}

  /** The time somebody had is over, and nobody else may decide. @param owner who was waited for */
  record Reminded(Rest.Owner owner) implements Change {}

  /** How a package travels became known after its invoice; what is null stays as it was. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record InvoicePatched(
      String invoiceNumber, @Nullable String trackingNumber, @Nullable String trackingUrl, @Nullable String dispatchedDate, @Nullable String courier)
      implements Change {}

  /**
   * Somebody wants other items, other prices or other shipping, and the ledger allows it.
   *
   * @param requestId the sender's own, or ours
   * @param kind {@code v1} or {@code v2}, by the call that was used
   * @param documentRev revision of what was asked and what it does to each line
   * @param totalChange what the order costs more, in cents; negative: less
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ChangeRequested(
      String requestId, String kind, String documentRev, @Nullable String reason, long totalChange, long manualDiscount, long manualIncrement)
      implements Change {}

  /** What became of a requested change. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ChangeSettled(String requestId, ChangeOutcome outcome, @Nullable String why) implements Change {}

  /** From {@code DONE} on the order is as the change says; {@code CANCELED} leaves it as it was. */
  enum ChangeOutcome {
    DONE,
    CANCELED
  }

  /** Somebody wrote a line into the order's log. */
  record Noted(String source, String message) implements Change {}

  /**
   * A mail about the order was sent, or came in.
   *
   * @param documentRev revision of the message's document (addresses, subject, body)
   */
  record MessageSent(String messageId, String documentRev, String firstWords) implements Change {}

  /** Sale or return. */
  enum InvoiceType {
    Output,
    Input
  }

}
