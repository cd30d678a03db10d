package shop.orders.localstack.console;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Says how far something is: bar, done of total, rate and the time left, all of them as of the last half minute, since what is found
 * done already goes faster than the rest. Without a total there is no bar and no time left. Not for several threads.
 */
public final class ProgressBar {
  private static final int WIDTH = 24;
  private static final Duration WINDOW = Duration.ofSeconds(30);

  private record Sample(Duration at, long done) {}

  private final OptionalLong total;
  private final Deque<Sample> samples = new ArrayDeque<>();

  /** @param already done before the work began, by an earlier run */
  public ProgressBar(OptionalLong total, long already) {
    this.total = total;
    samples.add(new Sample(Duration.ZERO, already));
  }

  /** @param elapsed since the work began; not less than at the call before */
  public String line(long done, Duration elapsed) {
    double rate = rate(done, elapsed);
    if (total.isEmpty()) return String.format(Locale.ROOT, "%4d s: %d done, %.1f per second", elapsed.toSeconds(), done, rate);
    long all = Math.max(total.getAsLong(), done);
    var line = String.format(Locale.ROOT, "[%s] %d/%d, %.1f per second", bar(done, all), done, all, rate);
    return done == all || rate == 0 ? line : line + ", " + time((long) Math.ceil((all - done) / rate)) + " left";
  }

  private double rate(long done, Duration elapsed) {
    samples.add(new Sample(elapsed, done));
    while (samples.size() > 2 && elapsed.minus(samples.getFirst().at()).compareTo(WINDOW) > 0) samples.removeFirst();
    var since = samples.getFirst();
    var span = elapsed.minus(since.at());
    return span.isZero() ? 0 : (done - since.done()) * 1e9 / span.toNanos();
  }

  private static String bar(long done, long all) {
    int full = all == 0 ? WIDTH : (int) (done * WIDTH / all);
    return "#".repeat(full) + "-".repeat(WIDTH - full);
  }

  private static String time(long seconds) {
    if (seconds < 100) return seconds + " s";
    if (seconds < 100 * 60) return (seconds + 59) / 60 + " min";
    return String.format(Locale.ROOT, "%.1f h", seconds / 3600.0);
  }
}
