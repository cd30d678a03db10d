package shop.orders.search.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderNotice;
import shop.orders.web.trace.OrderTraces;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads what records say. */
final class Notices {
  /** Of what is said of a record, in characters: what is wrong with it may hold all of it. */
  private static final int LONGEST_REASON = 1_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Notices() {}

  /** A notice together with the order it names. */
  record Event(OrderKey key, OrderNotice notice) {}

  /** @throws Undecodable if the value is no notice */
  static Event read(byte @Nullable [] value) throws Undecodable {
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

  /** The order that a record's key names, account and id with a slash between. */
  static Optional<OrderKey> key(byte @Nullable [] key) {
    if (key == null) return Optional.empty();
    var text = new String(key, StandardCharsets.UTF_8);
    int slash = text.indexOf('/');
    if (slash < 0 || !OrderKey.isAccount(text.substring(0, slash)) || !OrderKey.isOrderId(text.substring(slash + 1))) return Optional.empty();
    return Optional.of(new OrderKey(text.substring(0, slash), text.substring(slash + 1)));
  }

  /** What is abridged stays as it is when it is abridged again. */
  static String abridged(String reason) {
    if (reason.length() <= LONGEST_REASON) return reason;
    var end = "... (cut off, it had " + reason.length() + " characters)";
    return reason.substring(0, LONGEST_REASON - end.length()) + end;
  }

  /** The span the record was sent in, as its sender says; null if it says nothing. */
  static @Nullable String traceparent(ConsumerRecord<?, ?> record) {
    var header = record.headers().lastHeader(OrderTraces.TRACEPARENT);
    return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.US_ASCII);
  }

  /** The value is not an {@link OrderNotice}, and never will be. */
  static final class Undecodable extends IOException {
    Undecodable(String why, @Nullable Throwable cause) {
      super(abridged(why), cause);
    }
  }
}
