package shop.orders.localstack.partners;

import java.io.IOException;

/** What a partner does about an event. The same event comes more than once, and events of one order in any order. */
@FunctionalInterface
interface FeedHandler {
  /**
   * Called by many threads.
   *
   * @return true when everything that the event asks for is done: it is then committed. Otherwise it comes again after a while
   * @throws IOException if the API could not be reached for long: the event comes again
   */
  boolean handle(FeedEvent event) throws IOException, InterruptedException;
}
