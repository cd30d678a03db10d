package shop.orders.search.rebuild;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.search.index.Indices.Condition;

/**
 * Tells a generation that is dead from one that does not answer just now: its indices would be deleted, and lists come from a new one that
 * has nearly nothing. For one thread.
 */
final class LastSigns {
  private static final Logger log = LoggerFactory.getLogger(LastSigns.class);

  private final Duration patience;
  private final Clock clock;
  private @Nullable Instant unreadableSince;

  /** @param patience how long one has to be seen unreadable, and nothing else, before it is dead */
  LastSigns(Duration patience, Clock clock) {
    this.patience = patience;
    this.clock = clock;
  }

  /** @param seen every few seconds, each time it is looked at; null if that was not possible @return whether it is dead */
  boolean isDead(@Nullable Condition seen) {
    if (seen == Condition.GONE) return true;
    if (seen != Condition.UNREADABLE) {
      unreadableSince = null;
      return false;
    }
    var now = clock.instant();
    if (unreadableSince == null) {
      log.warn("the generation that lists read cannot be searched; if that lasts for {} it is left for the new one", patience);
      unreadableSince = now;
    }
    return !unreadableSince.plus(patience).isAfter(now);
  }
}
