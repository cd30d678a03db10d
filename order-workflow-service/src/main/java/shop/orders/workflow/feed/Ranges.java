package shop.orders.workflow.feed;

import java.util.ArrayList;
import java.util.List;

/** Numbers of the log, as ranges: apart from each other and in order. */
record Ranges(List<Range> list) {
  static final Ranges NONE = new Ranges(List.of());

  Ranges {
    list = List.copyOf(list);
  }

  /** Both inclusive. */
  record Range(long from, long to) {
    long quantity() {
      return to - from + 1;
    }
  }

  Ranges with(long from, long to) {
    var merged = new ArrayList<Range>();
    long start = from;
    long end = to;
    for (var range : list) {
      if (range.to < start - 1) merged.add(range);
      else if (range.from <= end + 1) {
        start = Math.min(start, range.from);
        end = Math.max(end, range.to);
      }
    }
    merged.add(new Range(start, end));
    for (var range : list) if (range.from > end + 1) merged.add(range);
    return new Ranges(merged);
  }

  /** What lies below {@code end}. */
  Ranges below(long end) {
    return new Ranges(list.stream().filter(r -> r.from < end).map(r -> new Range(r.from, Math.min(r.to, end - 1))).toList());
  }

  /** What lies above {@code last}. */
  Ranges above(long last) {
    return new Ranges(list.stream().filter(r -> r.to > last).map(r -> new Range(Math.max(r.from, last + 1), r.to)).toList());
  }

  long quantity() {
    return list.stream().mapToLong(Range::quantity).sum();
  }

  boolean isEmpty() {
    return list.isEmpty();
  }
}
