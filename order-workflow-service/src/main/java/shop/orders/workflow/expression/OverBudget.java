package shop.orders.workflow.expression;

/** An evaluation that took more than is allowed. */
final class OverBudget extends RuntimeException {
  OverBudget(String what) {
    super("The expression takes more than is allowed: " + what + ".", null, false, false);
  }
}
