package shop.orders.model;

/** A document cannot be taken as an order. The message names the field and what was expected, fit to be shown to the sender. */
public class InvalidDocument extends RuntimeException {
  private final String field;

  public InvalidDocument(String field, String expected) {
    super(field + " " + expected);
    this.field = field;
  }

  /** Path of the field, {@code items[2].price}. */
  public String field() {
    return field;
  }
}
