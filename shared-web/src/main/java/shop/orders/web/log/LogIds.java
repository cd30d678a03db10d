package shop.orders.web.log;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import shop.orders.model.OrderKey;

/** What this thread's log lines are found by, until it is closed, on the same thread; then what was there before counts again. */
public final class LogIds implements AutoCloseable {
  public static final String REQUEST = "requestId";
  static final String ACCOUNT = "account";
  static final String ORDER = "orderId";

  /** They may come from outside, and must not break lines or columns of a log. */
  private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x7e]{1,200}");

  private final @Nullable String account = MDC.get(ACCOUNT);
  private final @Nullable String order = MDC.get(ORDER);

  private LogIds(String account, @Nullable String order) {
    put(ACCOUNT, account);
    put(ORDER, order);
  }

  /** This thread works on that order. */
  public static LogIds of(OrderKey key) {
    return new LogIds(key.account(), key.orderId());
  }

  /** This thread works on orders of that account, one by one or together. */
  public static LogIds of(String account) {
    return new LogIds(account, null);
  }

  /** The request on this thread is one of this account, about this order if it names one; until the request ends. */
  public static void ofRequest(String account, @Nullable String orderId) {
    put(ACCOUNT, account);
    put(ORDER, orderId);
  }

  /** Has what is logged meanwhile say which order it is about. */
  public static void during(OrderKey key, Runnable work) {
    try (var ids = of(key)) {
      work.run();
    }
  }

  static boolean isPlain(@Nullable String text) {
    return text != null && PLAIN.matcher(text).matches();
  }

  private static void put(String name, @Nullable String value) {
    if (isPlain(value)) MDC.put(name, value);
    else MDC.remove(name);
  }

  @Override
  public void close() {
    put(ACCOUNT, account);
    put(ORDER, order);
  }
}
