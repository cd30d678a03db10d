package shop.orders.workflow.lane;

import shop.orders.store.Lane;

/** Gives each shard of a lane its worker. One bean per lane. */
public interface LaneWork {
  Lane lane();

  ShardWork shard(int shard);
}
