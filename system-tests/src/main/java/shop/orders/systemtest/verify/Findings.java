package shop.orders.systemtest.verify;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one look at everything found. Not for several threads. */
class Findings {
  private static final int EXAMPLES = 5;

  long orders;
  long events;
  private @Nullable String trouble;
  private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
  private final Map<Fault, List<String>> examples = new EnumMap<>(Fault.class);

  /** What can be wrong. Each must be zero. */
  enum Fault {
    BROKEN_CHAIN("broken version chains"),
    LOST("lost events"),
    DOUBLED("doubled events"),
    OUT_OF_ORDER("events out of order"),
    DIFFERENT("events that differ from the order's"),
    LOG_GAP("gaps in the event log"),
    NOT_IN_KAFKA("events not in Kafka yet"),
    MISSING_IN_INDEX("missing in index"),
    STALE_IN_INDEX("stale in index"),
    DOUBLED_IN_INDEX("doubled in index"),
    STRANGER_IN_INDEX("in index, not in store");

    private final String words;

    Fault(String words) {
      this.words = words;
    }

    boolean isAboutTheIndex() {
      return compareTo(MISSING_IN_INDEX) >= 0;
    }

    String words() {
      return words;
    }
  }

  void add(Fault fault, String example) {
    add(fault, 1, example);
  }

  void add(Fault fault, long count, String example) {
    if (count == 0) return;
    counts.merge(fault, count, Long::sum);
    var some = examples.computeIfAbsent(fault, f -> new ArrayList<>());
    if (some.size() < EXAMPLES) some.add(example);
  }

  long count(Fault fault) {
    return counts.getOrDefault(fault, 0L);
  }

  /** Something could not be looked at at all. */
  void cannotSee(String why) {
    trouble = why;
  }

  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  boolean allZero() {
    return counts.isEmpty() && trouble == null;
  }

  List<String> examples(Fault fault) {
    return examples.getOrDefault(fault, List.of());
  }
}
