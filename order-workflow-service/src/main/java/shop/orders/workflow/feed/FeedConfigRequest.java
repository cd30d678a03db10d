package shop.orders.workflow.feed;

import static shop.orders.workflow.feed.JsonNames.child;
import static shop.orders.workflow.feed.JsonNames.text;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import shop.orders.web.ApiError;
import shop.orders.web.JsonBody;
import tools.jackson.databind.JsonNode;

/** A feed's configuration as clients post it: names in any case, much of it left out. */
record FeedConfigRequest(FeedFilter filter, Duration visibilityTimeout, Duration retention, Optional<StartPoint> from) {
  private static final Duration USUAL_VISIBILITY = Duration.ofSeconds(30);
  private static final Duration LONGEST_VISIBILITY = Duration.ofHours(12);
  private static final Duration SHORTEST_RETENTION = Duration.ofDays(4);
  private static final Duration LONGEST_RETENTION = Duration.ofDays(14);

  /** @throws ApiError in the codes the API is known for: 415 without a body, 409 for two filters in one, 400 for the rest */
  static FeedConfigRequest of(JsonBody body) {
    if (body.isMissing()) throw new ApiError(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "OMS415", HttpStatus.UNSUPPORTED_MEDIA_TYPE.getReasonPhrase());
    var root = body.require();
    var queue = child(root, "queue");
    if (queue == null) throw ApiError.invalid("Queue", "The Queue field is required.");
    return new FeedConfigRequest(
        filter(child(root, "filter")),
        seconds(queue, "visibilityTimeoutInSeconds", USUAL_VISIBILITY, Duration.ZERO, LONGEST_VISIBILITY),
        seconds(queue, "messageRetentionPeriodInSeconds", SHORTEST_RETENTION, SHORTEST_RETENTION, LONGEST_RETENTION),
        Optional.ofNullable(child(root, "from")).map(from -> StartPoint.of("from", from)));
  }

  /** @param filter null for every status */
  static FeedFilter filter(@Nullable JsonNode filter) {
    if (filter == null) return new FeedFilter.FromWorkflow(List.of());
    if (!filter.isObject()) throw ApiError.invalid("Filter", "The Filter field must be an object.");
    var status = unlessEmpty(child(filter, "status"));
    var expression = unlessEmpty(child(filter, "expression"));
    var type = child(filter, "type");
    boolean fromOrders = "fromorders".equalsIgnoreCase(text(type));
    boolean fromWorkflow = "fromworkflow".equalsIgnoreCase(text(type));
    if (type != null && !fromOrders && !fromWorkflow) throw ApiError.invalid("Filter.Type", "The Type field must be FromWorkflow or FromOrders.");
    if (expression != null && (status != null || fromWorkflow) || fromOrders && status != null) {
      throw new ApiError(HttpStatus.CONFLICT, "OMS409", "A filter is either by workflow status or by order expression, not both.");
    }
    if (expression != null || fromOrders) return fromOrders(filter, expression);
    var statuses = new ArrayList<String>();
    if (status != null) {
      if (!status.isArray()) throw ApiError.invalid("Filter.Status", "The Status field must be a list.");
      for (var one : status) {
        if (!one.isString()) throw ApiError.invalid("Filter.Status", "The Status field must be a list of status names.");
        statuses.add(one.asString());
      }
    }
    return new FeedFilter.FromWorkflow(statuses);
  }

  /** Its time is set when it is known where the feed begins. */
  private static FeedFilter fromOrders(JsonNode filter, @Nullable JsonNode expression) {
    if (expression == null || !expression.isString() || expression.asString().isBlank()) {
      throw ApiError.invalid("Filter.Expression", "The Expression field is required in a filter of type FromOrders.");
    }
    var disableSingleFire = child(filter, "disableSingleFire");
    if (disableSingleFire != null && !disableSingleFire.isBoolean()) throw ApiError.invalid("Filter.DisableSingleFire", "The DisableSingleFire field must be true or false.");
    return new FeedFilter.FromOrders(expression.asString(), disableSingleFire != null && disableSingleFire.asBoolean(), Instant.EPOCH);
  }

  /** What is sent empty is not meant: some clients send all fields of both kinds of filter. */
  private static @Nullable JsonNode unlessEmpty(@Nullable JsonNode value) {
    boolean empty = value == null || value.isArray() && value.isEmpty() || value.isString() && value.asString().isBlank();
    return empty ? null : value;
  }

  /** @return -1 if it is none */
  private static long number(String text) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }

  private static Duration seconds(JsonNode queue, String name, Duration usual, Duration least, Duration most) {
    var value = child(queue, name);
    if (value == null) return usual;
    long number = value.isIntegralNumber() && value.canConvertToLong() ? value.asLong() : value.isString() ? number(value.asString().strip()) : -1;
    if (number >= least.toSeconds() && number <= most.toSeconds()) return Duration.ofSeconds(number);
    var field = "Queue." + name.substring(0, 1).toUpperCase() + name.substring(1);
    throw ApiError.invalid(field, "The field must be between " + least.toSeconds() + " and " + most.toSeconds() + ".");
  }
}
