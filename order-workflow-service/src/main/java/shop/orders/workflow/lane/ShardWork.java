package shop.orders.workflow.lane;

import shop.orders.web.status.Measure;

/** What is to be done for one shard of a lane. Called by one thread. */
public interface ShardWork {
  /** The shard is ours now, perhaps after somebody else had it: forget what was remembered. */
  void begin();

  /**
   * Does what can be done now, within a second or so: the lease is renewed between calls.
   *
   * @return whether more can be done at once
   */
  boolean tick();

  /** Tells how far the work has come, after each tick. */
  void tell(Measure measure);
}
