package shop.orders.web.trace;

/** What is done for an order at one place. The constant's words are the span's name. */
public enum Stage {
  INTAKE("order intake"),
  STEP("order step"),
  RELAY("order relay"),
  PUBLISH("order publish"),
  INGEST("order ingest");

  private final String words;

  Stage(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
