package shop.orders.web.log;

import java.time.Duration;
import java.time.Instant;

/**
 * Trouble that was logged, as often as it was.
 *
 * @param fingerprint as the metrics name it
 * @param message without what differs from line to line
 * @param example the line it was last seen as
 * @param lines how many there were
 * @param times how often it came again after it had been quiet, the first time counted
 */
record Incident(String fingerprint, String level, String logger, String message, String example, long lines, long times, Instant first, Instant last) {
  /** Silent for this long, trouble is over; what comes later is the same once more. */
  static final Duration QUIET = Duration.ofMinutes(10);

  private static final int LONGEST = 500;

  static Incident begin(Fingerprint print, String line, Instant at) {
    return new Incident(print.id(), print.level().toString(), print.logger(), print.words(), cut(line), 1, 1, at, at);
  }

  Incident seen(String line, Instant at) {
    return new Incident(fingerprint, level, logger, message, cut(line), lines + 1, isOver(at) ? times + 1 : times, first, at);
  }

  boolean isOver(Instant at) {
    return at.isAfter(last.plus(QUIET));
  }

  private static String cut(String line) {
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
