package shop.orders.workflow.expression;

/** An expression that will never be evaluated: it does not compile, or uses what is forbidden. The message says where, for people. */
final class Refused extends RuntimeException {
  Refused(String reason) {
    super(reason);
  }

  /** @param position characters before the place, negative if it is not known */
  Refused(String reason, int position) {
    super(position < 0 ? reason : reason + " (at character " + position + ")");
  }
}
