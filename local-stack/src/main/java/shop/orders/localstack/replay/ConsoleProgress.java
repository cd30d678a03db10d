package shop.orders.localstack.replay;

import java.io.PrintWriter;
import java.util.Locale;
import shop.orders.localstack.console.LiveLine;

/** Shows a run while it goes. */
public final class ConsoleProgress implements Progress {
  private final LiveLine live;

  public ConsoleProgress(PrintWriter out, boolean terminal) {
    live = new LiveLine(out, terminal);
  }

  /** For standard output, whatever it is. */
  public static ConsoleProgress standard() {
    return new ConsoleProgress(new PrintWriter(System.out, true), System.console() != null);
  }

  @Override
  public void standing(Standing now) {
    live.show(line(now), now.elapsed());
  }

  @Override
  public void over() {
    live.over();
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
