package shop.orders.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Which of an order's two workflow instances a status belongs to; the feed's {@code domain}. */
public enum Domain {
  MARKETPLACE("Marketplace"),
  FULFILLMENT("Fulfillment"),
  /** Of an order that is sold on to another seller. */
  CHAINED("Chain");

  private final String wire;

  Domain(String wire) {
    this.wire = wire;
  }

  /** The name on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }

  /** @throws IllegalArgumentException if there is no such domain */
  @JsonCreator
  public static Domain of(String wire) {
    for (var domain : values()) if (domain.wire.equals(wire)) return domain;
    throw new IllegalArgumentException("not a domain: " + wire);
  }
}
