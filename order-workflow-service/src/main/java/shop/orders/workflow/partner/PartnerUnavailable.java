package shop.orders.workflow.partner;

import org.jspecify.annotations.Nullable;

/** A partner did not answer, or not in its own protocol; asking again later may help. */
public class PartnerUnavailable extends RuntimeException {
  public PartnerUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
