package shop.orders.workflow.feed;

import java.util.ArrayList;
import java.util.List;

/** Numbers of the log, as ranges: apart from each other and in order. */
record Ranges(List<Range> list) {
  static final Ranges NONE = new Ranges(List.of());

  Ranges {
    list = List.copyOf(list);
  }

  /**
   * Both inclusive.
   *
   * @param since nothing in it was decided before, in milliseconds of the epoch, give or take what clocks differ; 0 if nobody knows
   */
  record Range(long from, long to, long since) {
    long quantity() {
      return to - from + 1;
    }
  }

  Ranges with(long from, long to, long since) {
    var merged = new ArrayList<Range>();
    long start = from;
    long end = to;
    long oldest = since;
    for (var range : list) {
      if (range.to < start - 1) merged.add(range);
      else if (range.from <= end + 1) {
        start = Math.min(start, range.from);
        end = Math.max(end, range.to);
        oldest = Math.min(oldest, range.since);
      }
    }
    merged.add(new Range(start, end, oldest));
    for (var range : list) if (range.from > end + 1) merged.add(range);
    return new Ranges(merged);
  }

  Ranges with(Ranges others) {
    var all = this;
    for (var range : others.list) all = all.with(range.from, range.to, range.since);
    return all;
  }

  /** What lies below {@code end}. */
  Ranges below(long end) {
    return new Ranges(list.stream().filter(r -> r.from < end).map(r -> new Range(r.from, Math.min(r.to, end - 1), r.since)).toList());
  }

  /** What lies above {@code last}. */
  Ranges above(long last) {
    return new Ranges(list.stream().filter(r -> r.to > last).map(r -> new Range(Math.max(r.from, last + 1), r.to, r.since)).toList());
  }

  Ranges without(long from, long to) {
    var rest = new ArrayList<>(below(from).list);
    rest.addAll(above(to).list);
    return new Ranges(rest);
  }

  Ranges without(Ranges others) {
    var rest = this;
    for (var range : others.list) rest = rest.without(range.from, range.to);
    return rest;
  }

  long quantity() {
    return list.stream().mapToLong(Range::quantity).sum();
  }

  boolean isEmpty() {
    return list.isEmpty();
  }
}
