package shop.orders.localstack.replay;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Shows a run on one line that is written anew, where there is a terminal; otherwise as a line every few seconds. */
public final class ConsoleProgress implements Progress {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

  private final PrintWriter out;
  private final boolean terminal;
  private int width;
  private Duration nextLineAt = BETWEEN_LINES;

  public ConsoleProgress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** For standard output, whatever it is. */
  public static ConsoleProgress standard() {
    return new ConsoleProgress(new PrintWriter(System.out, true), System.console() != null);
  }

  @Override
  public void standing(Standing now) {
    var line = line(now);
    if (terminal) {
      out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
      out.flush();
      width = line.length();
    } else if (now.elapsed().compareTo(nextLineAt) >= 0) {
      out.println(line);
      out.flush();
      nextLineAt = now.elapsed().plus(BETWEEN_LINES);
    }
  }

  @Override
  public void over() {
    if (terminal) out.println();
  }

  private static String line(Standing now) {
    var line = String.format(Locale.ROOT, "%4d s: %d placed, %d at their end, %.1f per second",
        now.elapsed().toSeconds(), now.placed(), now.atEnd(), now.ordersPerSecond());
    if (now.failed() > 0) line += ", " + now.failed() + " failed";
    if (!now.lastTrouble().isEmpty()) line += " (" + shortened(now.lastTrouble()) + ")";
    return line;
  }

  private static String shortened(String trouble) {
    return trouble.length() > 70 ? trouble.substring(0, 70) + "..." : trouble;
  }
}
