package shop.orders.store.cassandra;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Change;
import shop.orders.model.Domain;
import shop.orders.model.OrderEvent;
import shop.orders.model.OrderStatus;
import shop.orders.store.ExactJson;

/**
 * What of an event has no column of its own.
 *
 * @param nanos what the column {@code at} drops, 0 to 999,999; null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventBody(
    String by,
    Domain domain,
    @Nullable OrderStatus lastStatus,
    @Nullable Instant lastChange,
    OrderStatus status,
    @Nullable Integer nanos,
    Change change) {
  private static final Map<Class<?>, String> TYPES =
      Stream.of(Change.class.getAnnotation(JsonSubTypes.class).value()).collect(Collectors.toUnmodifiableMap(JsonSubTypes.Type::value, JsonSubTypes.Type::name));

  static String write(OrderEvent event) {
    var nanos = event.at().getNano() % 1_000_000;
    return ExactJson.mapper()
        .writeValueAsString(
            new EventBody(event.by(), event.domain(), event.lastStatus(), event.lastChange(), event.status(), nanos == 0 ? null : nanos, event.change()));
  }

  static OrderEvent read(long version, UUID commandId, Instant at, String json) {
    var body = ExactJson.mapper().readValue(json, EventBody.class);
    var exactly = body.nanos == null ? at : at.plusNanos(body.nanos);
    return new OrderEvent(version, commandId, exactly, body.by, body.domain, body.lastStatus, body.lastChange, body.status, body.change);
  }

  /** The change's public name, {@code placed}. */
  static String type(Change change) {
    return TYPES.get(change.getClass());
  }
}
