package shop.orders.localstack.search;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import shop.orders.localstack.cli.OperatorApi;
import tools.jackson.databind.JsonNode;

/** Something done to the rebuild under way, which is then shown. */
abstract class RebuildChange implements Callable<Integer> {
  @Spec private CommandSpec spec;

  abstract JsonNode change(OperatorApi search);

  @Override
  public final Integer call() {
    show(spec.commandLine().getOut(), change(OperatorApi.ofSearch()));
    return 0;
  }

  @Command(name = "status", description = "Shows the rebuild under way, or the last one.", mixinStandardHelpOptions = true)
  static final class Status extends RebuildChange {
    @Override
    JsonNode change(OperatorApi search) {
      return search.get(RebuildCommand.REBUILDS + "/current");
    }
  }

  @Command(name = "pause", description = "Stops the rebuild under way; resume goes on with it.", mixinStandardHelpOptions = true)
  static final class Pause extends RebuildChange {
    @Override
    JsonNode change(OperatorApi search) {
      return search.post(RebuildCommand.REBUILDS + "/current/pause", Map.of());
    }
  }

  @Command(name = "resume", description = "Goes on with a rebuild that waits; what held up a strict one is accepted by that.", mixinStandardHelpOptions = true)
  static final class Resume extends RebuildChange {
    @Override
    JsonNode change(OperatorApi search) {
      return search.post(RebuildCommand.REBUILDS + "/current/resume", Map.of());
    }
  }

  @Command(name = "cancel", description = "Gives the rebuild up; after the switch the old index is read again.", mixinStandardHelpOptions = true)
  static final class Cancel extends RebuildChange {
    @Override
    JsonNode change(OperatorApi search) {
      return search.post(RebuildCommand.REBUILDS + "/current/cancel", Map.of());
    }
  }

  static void show(PrintWriter out, JsonNode rebuild) {
    out.println("rebuild " + rebuild.path("id").asString() + " is " + rebuild.path("status").asString() + " " + rebuild.path("note").asString(""));
    for (var wave : rebuild.path("waves")) {
      out.printf(Locale.ROOT, "  wave %d, %s: %,d orders, %.0f per second, %s%n", wave.path("wave").asInt(), wave.path("what").asString(), wave.path("orders").asLong(),
          wave.path("perSecond").asDouble(), wave.hasNonNull("endedAt") ? "proven" : String.format(Locale.ROOT, "%.0f %% done", 100 * wave.path("part").asDouble()));
    }
    if (rebuild.hasNonNull("switchedAt")) out.println("  lists are answered from generation " + rebuild.path("generation").asInt() + " since " + rebuild.path("switchedAt").asString());
    if (rebuild.path("redone").asLong() > 0) out.printf(Locale.ROOT, "  %,d orders were indexed once more%n", rebuild.path("redone").asLong());
    for (var difference : rebuild.path("differences")) out.println("  answered differently: " + difference.asString());
    if (rebuild.path("problemCount").asLong() > 0) out.println("  " + rebuild.path("problemCount").asLong() + " orders are in only in part, or not at all:");
    for (var problem : rebuild.path("problems")) out.println("    " + problem.asString());
    out.flush();
  }
}
