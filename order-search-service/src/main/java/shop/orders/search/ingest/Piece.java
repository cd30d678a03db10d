package shop.orders.search.ingest;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import shop.orders.model.OrderKey;

/**
 * A run of a batch's records that names only so many orders.
 *
 * @param end index in the batch of the first record after it
 * @param undecodable with the reason
 */
record Piece(int end, Map<ConsumerRecord<byte[], byte[]>, Notices.Event> events, Map<ConsumerRecord<byte[], byte[]>, String> undecodable) {
  /** @param orders the most it may name, from 1 */
  static Piece of(List<ConsumerRecord<byte[], byte[]>> batch, int begin, int orders) {
    var events = new LinkedHashMap<ConsumerRecord<byte[], byte[]>, Notices.Event>();
    var undecodable = new LinkedHashMap<ConsumerRecord<byte[], byte[]>, String>();
    var named = new HashSet<OrderKey>();
    int end = begin;
    for (; end < batch.size() && named.size() < orders; end++) {
      var record = batch.get(end);
      try {
        var event = Notices.read(record.value());
        events.put(record, event);
        named.add(event.key());
      } catch (Notices.Undecodable e) {
        undecodable.put(record, e.getMessage());
        Notices.key(record.key()).ifPresent(named::add);
      }
    }
    return new Piece(end, events, undecodable);
  }
}
