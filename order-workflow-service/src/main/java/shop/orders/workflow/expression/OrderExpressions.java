package shop.orders.workflow.expression;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import shop.orders.model.Change;
import shop.orders.model.Order;
import shop.orders.model.OrderEvent;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderStatus;
import shop.orders.model.PiiView;
import shop.orders.store.OrderStore;
import shop.orders.store.StoreUnavailable;
import shop.orders.web.log.LogIds;
import shop.orders.web.ApiError;

/**
 * Filters on orders themselves: an expression about the document of the {@code /api/orders} family, as it was by each change. Safe for use
 * by many threads.
 */
@Component
public class OrderExpressions {
  private static final Logger log = LoggerFactory.getLogger(OrderExpressions.class);
  private static final Duration KEPT = Duration.ofHours(1);

  /** Some 60 MB; a usual expression has 50. */
  private static final long MOST_PARTS = 300_000;

  /** Neighbours in the log are often one order's; what it holds is immutable but for packages that come to it. Few, since they may be large. */
  private static final Duration DOCUMENTS_KEPT = Duration.ofSeconds(30);

  private final OrderStore store;
  private final MeterRegistry meters;
  private final Cache<String, Compiled> compiled =
      Caffeine.newBuilder().maximumWeight(MOST_PARTS).weigher((String text, Compiled c) -> c.size()).expireAfterAccess(KEPT).build();
  private final Cache<Asked, Seen> seen = Caffeine.newBuilder().maximumSize(50_000).expireAfterAccess(KEPT).build();
  private final Cache<OrderKey, Map<String, Map<String, @Nullable Object>>> documents =
      Caffeine.newBuilder().maximumSize(64).expireAfterWrite(DOCUMENTS_KEPT).build();
  private final Cache<String, Boolean> told = Caffeine.newBuilder().maximumSize(10_000).build();

  /** @param text the one instance that what is remembered refers to */
  private record Compiled(String text, @Nullable Expression expression, @Nullable Refused refused) {
    int size() {
      return text.length() / 100 + (expression == null ? 10 : expression.size());
    }
  }

  private record Asked(OrderKey key, String expression, Instant since) {}

  /**
   * What is known of an order's first match.
   *
   * @param upTo versions looked at
   * @param first the first that matched, 0 if none of them did
   */
  private record Seen(long upTo, long first) {}

  public OrderExpressions(OrderStore store, MeterRegistry meters) {
    this.store = store;
    this.meters = meters;
  }

  /** @throws ApiError 400 with the reason, and the place where it is known, if it does not compile or uses what is forbidden */
  public void check(String expression) {
    check("Filter.Expression", expression);
  }

  void check(String field, String expression) {
    var refused = compiled(expression).refused();
    if (refused != null) throw ApiError.invalid(field, refused.getMessage() + ".");
  }

  /**
   * Whether the filter wants the change by which the order got that version. Whether changes of that kind are told to anybody, as those of
   * history and of incomplete orders are not, is for the caller. An expression that cannot be evaluated on the document, or takes too
   * much, does not match.
   *
   * @throws shop.orders.store.StoreUnavailable if the database does not answer
   */
  public boolean wants(OrderFilter filter, OrderKey key, long version) {
    var expression = compiled(filter.expression());
    if (expression.expression() == null) {
      failed(filter.expression(), key, "refused", "it does not compile");
      return false;
    }
    var order = store.findAfter(key, version - 1).flatMap(newest -> newest.at(version));
    if (order.isEmpty()) return false;
    var at = new Evaluation(filter, expression.text(), expression.expression(), order.get());
    return filter.disableSingleFire() ? at.matches(version) : at.first() == 0 && at.matches(version);
  }

  /** @throws ApiError 400 if it does not compile, is forbidden, cannot be evaluated on this document, or takes too much */
  boolean matches(String expression, @Nullable Object document) {
    check("Expression", expression);
    try {
      return compiled(expression).expression().matches(PlainDocument.of(document));
    } catch (OverBudget | Failed e) {
      throw ApiError.invalid("Expression", sentence(e.getMessage()));
    }
  }

  private static String sentence(String message) {
    return message.endsWith(".") ? message : message + ".";
  }

  private Compiled compiled(String expression) {
    return compiled.get(expression, text -> {
      try {
        return new Compiled(text, Expression.compile(text), null);
      } catch (Refused e) {
        return new Compiled(text, null, e);
      }
    });
  }

  /** One order up to one of its versions, under one filter. */
  private final class Evaluation {
    private final OrderFilter filter;
    private final String text;
    private final Expression expression;
    private final Order order;

    Evaluation(OrderFilter filter, String text, Expression expression, Order order) {
      this.filter = filter;
      this.text = text;
      this.expression = expression;
      this.order = order;
    }

    /** The first version before this one that was heard of, 0 if there is none. */
    long first() {
      var asked = new Asked(order.key(), text, filter.since());
      var before = seen.get(asked, a -> new Seen(0, 0));
      if (before.first() > 0) return before.first() < order.version() ? before.first() : 0;
      long first = 0;
      long version = before.upTo() + 1;
      for (; first == 0 && version < order.version(); version++) {
        if (couldBeHeard(order.events().get((int) version - 1)) && matches(version)) first = version;
      }
      if (first > 0 || version - 1 > before.upTo()) seen.put(asked, new Seen(Math.max(before.upTo(), version - 1), first));
      return first;
    }

    private boolean couldBeHeard(OrderEvent event) {
      return !event.at().isBefore(filter.since()) && !isSilent(event);
    }

    boolean matches(long version) {
      var then = order.at(version).orElseThrow();
      try {
        return expression.matches(PlainDocument.of(document(then)));
      } catch (OverBudget e) {
        failed(text, order.key(), "over-budget", e.getMessage());
      } catch (Failed e) {
        failed(text, order.key(), "failed", e.code());
      } catch (StoreUnavailable e) {
        throw e;
      } catch (RuntimeException e) { // one odd order must not hold up all that come after it
        LogIds.during(order.key(), () -> log.error("{} as of version {} cannot be looked at by an expression", order.key(), version, e));
        failed(text, order.key(), "failed", e.getClass().getSimpleName());
      }
      return false;
    }
  }

  /** No feed hears of what is no order yet, never became one, or was history when it came. */
  private static boolean isSilent(OrderEvent event) {
    if (event.status() == OrderStatus.INCOMPLETE || event.change().type().equals(Change.HISTORY)) return true;
    return event.lastStatus() == OrderStatus.INCOMPLETE && event.status() == OrderStatus.CANCELED;
  }

  private Map<String, @Nullable Object> document(Order order) {
    try {
      return PiiView.document(order, documents.get(order.key(), store::documents));
    } catch (IllegalArgumentException e) { // a package came since they were read
      var fresh = store.documents(order.key());
      documents.put(order.key(), fresh);
      return PiiView.document(order, fresh);
    }
  }

  /** Said once for each expression, without a word of the order's: what fails on one document fails on the next. */
  private void failed(String expression, OrderKey key, String outcome, String reason) {
    meters.counter("orders.workflow.expressions", "outcome", outcome).increment();
    var fingerprint = fingerprint(expression);
    if (told.asMap().putIfAbsent(fingerprint, true) == null) {
      LogIds.during(key, () -> log.warn("order expression {} does not match {} since it is {}: {}; said once for this expression", fingerprint, key, outcome, reason));
    }
  }

  private static String fingerprint(String expression) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(expression.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
