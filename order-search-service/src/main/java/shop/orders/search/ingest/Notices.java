package shop.orders.search.ingest;

import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderNotice;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads a record's value. */
final class Notices {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Notices() {}

  /** A notice together with the order it names. */
  record Event(OrderKey key, OrderNotice notice) {}

  /** @throws Undecodable if the value is no notice */
  static Event read(ConsumerRecord<byte[], byte @Nullable []> record) throws Undecodable {
    var value = record.value();
    if (value == null) throw new Undecodable("the record has no value", null);
    try {
      var notice = JSON.readValue(value, OrderNotice.class);
      if (notice == null || notice.account() == null || notice.orderId() == null || notice.at() == null) {
        throw new Undecodable("account, orderId or at is missing", null);
      }
      return new Event(new OrderKey(notice.account(), notice.orderId()), notice);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new Undecodable(String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }
  }

  /** A record that is not an {@link OrderNotice}: nothing can be done with it, now or later. */
  static final class Undecodable extends IOException {
    Undecodable(String why, @Nullable Throwable cause) {
      super(why, cause);
    }
  }
}
