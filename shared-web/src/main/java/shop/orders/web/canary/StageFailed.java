package shop.orders.web.canary;

/** The order did not get through a stage; the message goes onto the status page, so it names no address and no key. */
class StageFailed extends RuntimeException {
  StageFailed(String message) {
    super(message, null, false, false);
  }
}
