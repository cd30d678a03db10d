package shop.orders.systemtest.verify;

import java.util.function.ObjLongConsumer;
import shop.orders.model.OrderKey;
import shop.orders.systemtest.elasticsearch.PlainElasticsearch;

/** What is in the index. */
@FunctionalInterface
interface IndexReader {
  /**
   * Hands every document's key and order version to {@code sink}, one by one; an index that was never made holds none.
   *
   * @throws PlainElasticsearch.Unreachable if it cannot be read
   */
  void read(ObjLongConsumer<OrderKey> sink);
}
