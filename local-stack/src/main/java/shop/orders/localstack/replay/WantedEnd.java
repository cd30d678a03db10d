package shop.orders.localstack.replay;

import java.util.Arrays;
import java.util.Optional;
import shop.orders.localstack.client.OrderView;

/**
 * Where an order shall come to rest. It travels in the document, in {@code customData.customApps} under {@link #APP}, so that the
 * stub partners see it; they take an order without it to {@link #DELIVERED}.
 */
public enum WantedEnd {
  /** Antifraud never decides: the buyer's e-mail asks for it. */
  PAYMENT_PENDING("payment-pending"),
  READY("ready-for-handling"),
  HANDLING("handling"),
  INVOICED("invoiced"),
  /** Invoiced, on its way, not there yet. */
  SHIPPED("shipped"),
  DELIVERED("delivered"),
  CANCELED("canceled");

  public static final String APP = "replay";

  private final String label;

  WantedEnd(String label) {
    this.label = label;
  }

  /** As it is written in the document and printed. */
  public String label() {
    return label;
  }

  /** What the document asks for; an order nobody planned is to be delivered. */
  public static WantedEnd of(OrderView order) {
    return order.customField(APP, "end").flatMap(WantedEnd::labelled).orElse(DELIVERED);
  }

  static Optional<WantedEnd> labelled(String label) {
    return Arrays.stream(values()).filter(end -> end.label.equals(label)).findFirst();
  }

  /** The order stands where it should. */
  public boolean reachedBy(OrderView order) {
    return switch (this) {
      case PAYMENT_PENDING, READY, HANDLING, INVOICED, CANCELED -> status().equals(order.status());
      case SHIPPED -> invoiced(order) && order.sales().stream().allMatch(sale -> sale.tracked() && !sale.delivered());
      case DELIVERED -> invoiced(order) && order.sales().stream().allMatch(OrderView.Package::delivered);
    };
  }

  /** The order stands where no road leads from to where it should. */
  boolean missedBy(OrderView order) {
    if ("canceled".equals(order.status())) return this != CANCELED;
    return "invoiced".equals(order.status()) && compareTo(INVOICED) < 0
        || "invoiced".equals(order.status()) && this == CANCELED;
  }

  private String status() {
    return switch (this) {
      case PAYMENT_PENDING, READY, HANDLING, INVOICED, CANCELED -> label;
      case SHIPPED, DELIVERED -> INVOICED.label;
    };
  }

  private static boolean invoiced(OrderView order) {
    return INVOICED.label.equals(order.status()) && !order.sales().isEmpty();
  }
}
