package shop.orders.localstack.client;

import java.time.Duration;
import java.util.Optional;

/**
 * What the API said.
 *
 * @param retryAfter how long it asked to be left alone, when it did
 */
public record Answer(int status, String body, Optional<Duration> retryAfter) {
  public boolean ok() {
    return status >= 200 && status < 300;
  }

  /** The same call may succeed later: the caller did nothing wrong. */
  public boolean notNow() {
    return status == 408 || status == 429 || status >= 500;
  }

  /** Status and the beginning of the body, for a log line or a report. */
  public String summary() {
    var line = body.replaceAll("\\s+", " ").strip();
    return status + (line.isEmpty() ? "" : " " + (line.length() > 200 ? line.substring(0, 200) + "..." : line));
  }
}
