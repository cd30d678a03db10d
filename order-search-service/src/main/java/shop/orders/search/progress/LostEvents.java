package shop.orders.search.progress;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.store.Cursors;
import tools.jackson.databind.json.JsonMapper;

/**
 * The mark that says that Kafka no longer has events which were not handled. It is set before anything after the gap counts as handled,
 * and stands until everything the event log had then has been indexed, so a crash in between loses nothing. One cell for all instances,
 * which also says which topic the events are followed in: one deleted and made again has another id. Safe for use by many threads.
 */
public class LostEvents {
  private static final Logger log = LoggerFactory.getLogger(LostEvents.class);
  private static final String ACCOUNT = "-";
  private static final String CONSUMER = "search/refill";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Cursors cursors;
  private final Clock clock;
  private volatile boolean pending;

  LostEvents(Cursors cursors, Clock clock, MeterRegistry meters) {
    this.cursors = cursors;
    this.clock = clock;
    Gauge.builder("orders.ingest.refill.pending", this, l -> l.pending ? 1 : 0).description("whether Kafka lost events that are being indexed from the event log").register(meters);
  }

  /**
   * The cell.
   *
   * @param topicId of the topic that is followed; null before the first look
   * @param why events were lost; null if none are missing
   */
  record Mark(@Nullable String topicId, @Nullable String why, @Nullable Instant since) {}

  /** The mark as it was when read; {@link #clear} takes it back. */
  public record Seen(boolean pending, @Nullable String topicId, @Nullable String why, @Nullable Instant since, long rev) {}

  public Seen read() {
    var cell = cursors.read(ACCOUNT, CONSUMER);
    var mark = cell.map(c -> JSON.readValue(c.state(), Mark.class)).orElseGet(() -> new Mark(null, null, null));
    pending = mark.why != null;
    return new Seen(pending, mark.topicId, mark.why, mark.since, cell.map(Cursors.Cell::rev).orElse(0L));
  }

  /** Events are missing. Returns once that is kept; a refill that runs will then not end before it has done these too. */
  public void mark(String why) {
    while (true) {
      var seen = read();
      if (write(seen, new Mark(seen.topicId, why, seen.since == null ? clock.instant() : seen.since))) {
        log.warn("Kafka lost events that were not handled, they are indexed from the event log: {}", why);
        return;
      }
    }
  }

  /** The topic is this one. If it was another before, everything not handled is gone with that: it is marked. */
  public void follow(String topicId) {
    while (true) {
      var seen = read();
      if (topicId.equals(seen.topicId)) return;
      boolean another = seen.topicId != null;
      var why = another ? "the topic was deleted and made again" : seen.why;
      var next = new Mark(topicId, why, why == null ? null : Objects.requireNonNullElseGet(seen.since, clock::instant));
      if (!write(seen, next)) continue;
      if (another) log.warn("Kafka lost events that may not have been handled, they are indexed from the event log: {}", why);
      return;
    }
  }

  /** Nothing is missing any more, unless something was lost since {@code seen}. @return whether the mark is gone */
  public boolean clear(Seen seen) {
    return write(seen, new Mark(seen.topicId, null, null));
  }

  private boolean write(Seen seen, Mark next) {
    if (!cursors.replace(ACCOUNT, CONSUMER, seen.rev, JSON.writeValueAsString(next))) return false;
    pending = next.why != null;
    return true;
  }
}
