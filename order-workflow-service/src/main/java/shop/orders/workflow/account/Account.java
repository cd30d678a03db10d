package shop.orders.workflow.account;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A merchant's account.
 *
 * @param antifraud who judges its payments; null: orders wait for a payment notification
 * @param gracePeriod how long a shopper may cancel without consent, counted from payment approval; zero or more
 */
public record Account(String name, @Nullable AntifraudProvider antifraud, Duration gracePeriod) {
  /** Half an hour, unless the account says otherwise. */
  public static final Duration USUAL_GRACE = Duration.ofMinutes(30);

  /** An account nobody configured. */
  static Account unconfigured(String name) {
    return new Account(name, null, USUAL_GRACE);
  }

  /** @param url base of the provider protocol, without trailing slash */
  public record AntifraudProvider(URI url, @Nullable String appKey, @Nullable String appToken) {}
}
