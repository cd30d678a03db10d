package shop.orders.localstack.imports;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.replay.ConnectionOptions;
import shop.orders.localstack.replay.UnusableData;

@Command(
    name = "documents",
    description = {
        "Loads order documents of another system, in the shape the order API shows them in.",
        "A file holds one document, a JSON array of them, or one document per line (also files named .ndjson or .jsonl).",
        "However often it is run, an order is there once: a run that was broken off is started again as it was.",
        "Exit code 0 when all are in, 1 when some were refused, not readable or not sent, 2 when it could not start."
    },
    mixinStandardHelpOptions = true)
final class DocumentsImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions where;
  @Mixin private ImportOptions how;

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "files, or directories with nothing else in them")
  private List<Path> paths;

  @Override
  public Integer call() throws InterruptedException {
    return Imports.run(spec, where, how, this::open);
  }

  private Imports.Source open(Connection connection, Tally tally) throws UnusableData {
    var err = spec.commandLine().getErr();
    var files = DocumentFiles.below(paths);
    return new Imports.Source(
        () -> new DocumentFiles(files, problem -> {
          tally.unreadable();
          err.println(problem);
          err.flush();
        }), OptionalLong.empty());
  }
}
