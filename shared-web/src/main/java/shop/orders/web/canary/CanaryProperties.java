package shop.orders.web.canary;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import shop.orders.web.status.CanaryStage;

/**
 * The canary's account and way. The same in all processes of both services; off while none of the first four is set.
 *
 * @param url where orders are placed and worked on, as a connector would
 * @param searchUrl where the list is; null for {@code url}, if that is a front door
 * @param appKey of an account that has no other orders
 * @param every from one order to the next, 5 s or more; a round that takes longer has failed
 * @param notifyPayment whether the canary says itself that its order was paid, for an account without antifraud provider
 */
@ConfigurationProperties("orders.canary")
record CanaryProperties(
    @Nullable URI url, @Nullable URI searchUrl, @Nullable String appKey, @Nullable String appToken, @DefaultValue(CanaryStage.USUALLY_EVERY) Duration every, @DefaultValue("false") boolean notifyPayment) {
  private static final Duration SHORTEST = Duration.ofSeconds(5);

  CanaryProperties {
    url = given(url);
    searchUrl = given(searchUrl);
    appKey = given(appKey);
    appToken = given(appToken);
    if (every.compareTo(SHORTEST) < 0) throw new IllegalArgumentException("orders.canary.every must be " + SHORTEST.toSeconds() + "s or more, was " + every);
    long missing = Stream.of(url, appKey, appToken).filter(Objects::isNull).count();
    if (missing != 0 && (missing != 3 || searchUrl != null)) throw new IllegalArgumentException("orders.canary needs url, app-key and app-token, or nothing at all");
  }

  boolean isOn() {
    return url != null;
  }

  /** An environment variable that is there and empty sets nothing. */
  private static <T> @Nullable T given(@Nullable T value) {
    return value == null || value.toString().isBlank() ? null : value;
  }
}
