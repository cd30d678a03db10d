package shop.orders.web.status;

import java.util.Locale;

/** What a canary order goes through, in this order: after the stage where it fails it does not get through the others. */
public enum CanaryStage {
  INTAKE(Capability.INTAKE),
  ANTIFRAUD(Capability.WORKFLOW),
  FEED(Capability.FEED),
  START_HANDLING(Capability.WORKFLOW),
  INVOICE(Capability.WORKFLOW),
  SEARCH(Capability.SEARCH);

  /** What it proves. */
  final Capability capability;

  CanaryStage(Capability capability) {
    this.capability = capability;
  }

  /** As sentences, measures and metrics say it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Name of its measure. */
  public String measure() {
    return "canary/" + word();
  }
}
