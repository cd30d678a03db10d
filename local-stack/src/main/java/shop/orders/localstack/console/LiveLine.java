package shop.orders.localstack.console;

import java.io.PrintWriter;
import java.time.Duration;

/** One line that is written anew, where there is a terminal; otherwise a line every few seconds. Not for several threads. */
public final class LiveLine {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

  private final PrintWriter out;
  private final boolean terminal;
  private int width;
  private Duration nextLineAt = BETWEEN_LINES;

  public LiveLine(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** @param elapsed since the work began */
  public void show(String line, Duration elapsed) {
    if (terminal) {
      out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
      out.flush();
      width = line.length();
    } else if (elapsed.compareTo(nextLineAt) >= 0) {
      out.println(line);
      out.flush();
      nextLineAt = elapsed.plus(BETWEEN_LINES);
    }
  }

  /** Nothing more will be shown: what is printed next begins on a line of its own. */
  public void over() {
    if (terminal) out.println();
  }
}
