package shop.orders.localstack.imports;

import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.console.LiveLine;
import shop.orders.localstack.console.ProgressBar;
import shop.orders.localstack.replay.ConnectionOptions;
import shop.orders.localstack.replay.UnusableData;

/** What the import commands share: connect, run, print, and the exit code. */
final class Imports {
  static final int ALL_IN = 0;
  static final int SOME_ARE_NOT = 1;
  static final int COULD_NOT_START = 2;

  private static final int TROUBLE_SHOWN = 60;

  private Imports() {}

  /** @param total how many there are at most; empty if nobody knows */
  record Source(Iterable<SourceDocument> documents, OptionalLong total) {}

  @FunctionalInterface
  interface Opening {
    /** @param tally told of what cannot be read, which is printed as well */
    Source open(Connection connection, Tally tally) throws UnusableData;
  }

  static int run(CommandSpec spec, ConnectionOptions where, ImportOptions how, Opening opening) throws InterruptedException {
    var out = spec.commandLine().getOut();
    var err = spec.commandLine().getErr();
    try {
      var settings = how.settings();
      var connection = where.connection();
      var tally = new Tally();
      var source = opening.open(connection, tally);
      out.println("importing into " + connection + (settings.live() ? ", live" : ""));
      out.flush();
      var live = new LiveLine(out, System.console() != null);
      var bar = new ProgressBar(source.total(), 0);
      Importer.run(connection, source.documents(), settings, tally, now -> live.show(line(bar, now), now.elapsed()));
      live.over();
      if (tally.shutOut().isPresent()) {
        err.println("import: the API refuses: " + tally.shutOut().get());
        return COULD_NOT_START;
      }
      out.print(tally.report());
      return tally.complete() ? ALL_IN : SOME_ARE_NOT;
    } catch (ConnectionOptions.NotConnected | UnusableData | IllegalArgumentException e) {
      err.println("import: " + e.getMessage());
      return COULD_NOT_START;
    } finally {
      out.flush();
      err.flush();
    }
  }

  private static String line(ProgressBar bar, Tally.Standing now) {
    var line = bar.line(now.done(), now.elapsed());
    if (now.refused() > 0) line += ", " + now.refused() + " refused";
    if (now.trouble().isEmpty()) return line;
    return line + " (" + (now.trouble().length() > TROUBLE_SHOWN ? now.trouble().substring(0, TROUBLE_SHOWN) + "..." : now.trouble()) + ")";
  }
}
