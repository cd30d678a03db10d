package shop.orders.web.status;

/** Tries, every few seconds and in every process, whether something works. One bean per measure; each has a thread of its own. */
public interface Probe {
  /** Name of the measure that grows old while it does not. */
  String measure();

  /** Tries once, within a few seconds; throws what is in the way. Must be cheap, and leave nothing behind. */
  void check();
}
