package shop.orders.workflow.partner;

import org.jspecify.annotations.Nullable;

/** As many calls as a partner may have at one time are under way already: this one was not made, and says nothing about the partner. */
public class PartnerBusy extends PartnerUnavailable {
  PartnerBusy(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
