package shop.orders.search.check;

import java.time.Duration;
import java.util.Locale;

/** What reconciling does over and over, each at its own pace; which comes when several are due, {@link Turns} say. */
enum Pass {
  /** Of the last seven days, document by document. */
  NEWEST,
  /** Of the last 365 days, by sums. */
  YEAR,
  /** By sums. */
  ALL,
  /** Everything document by document, a day at a time, newest first. */
  CONTENT;

  Duration every(ReconcileProperties properties) {
    return switch (this) {
      case NEWEST -> properties.newestEvery();
      case YEAR -> properties.yearEvery();
      case ALL -> properties.allEvery();
      case CONTENT -> properties.contentEvery();
    };
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
