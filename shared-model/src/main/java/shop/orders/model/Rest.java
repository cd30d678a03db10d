package shop.orders.model;

import org.jspecify.annotations.Nullable;

/**
 * What it means that an order stands in a status: somebody is waited for, for so long, and then something happens.
 *
 * @param then the status entered when the time is over; null: the owner is reminded, since nobody else may decide
 */
public record Rest(Owner owner, Limit limit, @Nullable OrderStatus then) {

  /** Who has to act. */
  public enum Owner {
    SYSTEM("the system"),
    SHOPPER("the shopper"),
    PAYMENT("antifraud provider or whoever is paid"),
    APPROVER("the buyer's approver"),
    STAFF("back office"),
    MARKETPLACE("the outside marketplace"),
    SELLER("the seller's ERP"),
    OUTSIDE_SELLER("the outside seller"),
    /** The order has come to its end. */
    NOBODY("nobody");

    private final String label;

    Owner(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /** Which deadline applies; how long each is says the workflow's configuration, or the account. */
  public enum Limit {
    /** Left in the moment it is entered. */
    AT_ONCE,
    /** For the checkout to complete an order it began. */
    COMPLETION,
    /** For the seller to take the order. */
    CREATION,
    PAYMENT,
    /** For somebody to authorize: a buyer's approver, or staff where prices differ. */
    AUTHORIZATION,
    FULFILLMENT,
    /** The shopper's time to cancel without consent. */
    GRACE,
    CHANGE_SELLER,
    /** For a seller to agree to a cancellation, or deny it. */
    DECISION,
    /** From ready for handling, or paid, to invoiced. */
    HANDLING,
    /** No limit: the end. */
    NONE
  }

  /** Whether it is entered and left in one decision, so that an order stands there only if another system left it so. */
  public boolean isPassing() {
    return limit == Limit.AT_ONCE;
  }
}
