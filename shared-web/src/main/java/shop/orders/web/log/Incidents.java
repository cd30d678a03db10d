package shop.orders.web.log;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The trouble this process logged since it started, the latest kinds of it. Safe for use by many threads. */
class Incidents {
  static final int MOST = 200;

  enum Turn {
    /** Not known from before. */
    NEW,
    GOES_ON,
    /** Known, and quiet since. */
    AGAIN
  }

  private final Clock clock;
  private final Instant since;

  /** By fingerprint, the one seen longest ago first. */
  private final Map<String, Incident> incidents =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Incident> eldest) {
          return size() > MOST;
        }
      };

  Incidents(Clock clock) {
    this.clock = clock;
    this.since = clock.instant();
  }

  Instant since() {
    return since;
  }

  synchronized Turn add(Fingerprint print, String line) {
    var now = clock.instant();
    var before = incidents.get(print.id());
    incidents.put(print.id(), before == null ? Incident.begin(print, line, now) : before.seen(line, now));
    if (before == null) return Turn.NEW;
    return before.isOver(now) ? Turn.AGAIN : Turn.GOES_ON;
  }

  /** What was seen last first. */
  synchronized List<Incident> list() {
    var list = new ArrayList<>(incidents.values());
    Collections.reverse(list);
    return list;
  }
}
