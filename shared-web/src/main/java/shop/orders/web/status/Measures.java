package shop.orders.web.status;

import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The measures of this process. What is told to them is reported to the store every few seconds, where every process of both services
 * sees it. Safe for use by many threads.
 */
public final class Measures {
  private final Clock clock;
  private final Map<String, Measure> measures = new ConcurrentHashMap<>();

  public Measures(Clock clock) {
    this.clock = clock;
  }

  /**
   * The measure of that name, made when first asked for.
   *
   * @param name what is done, and which part of it: {@code step/0}, {@code canary/feed}; few, since all of them are written every time
   */
  public Measure of(String name) {
    return measures.computeIfAbsent(name, n -> new Measure(clock));
  }

  /** What was told last, by name; without what nothing was told of. */
  Map<String, Reading> read() {
    var readings = new TreeMap<String, Reading>();
    measures.forEach((name, measure) -> measure.reading().ifPresent(reading -> readings.put(name, reading)));
    return readings;
  }
}
