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

  /** From one order to the next, unless {@code orders.canary.every} says otherwise. Who sends and who judges go by the same. */
  public static final String USUALLY_EVERY = "30s";

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
