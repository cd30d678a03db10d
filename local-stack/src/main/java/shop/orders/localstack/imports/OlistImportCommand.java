package shop.orders.localstack.imports;

import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.replay.ConnectionOptions;
import shop.orders.localstack.replay.UnusableData;

@Command(
    name = "olist",
    description = {
        "Loads the orders of the Olist data (six CSV files) as they ended, with their dates of 2016 to 2018.",
        "However often it is run, an order is there once: a run that was broken off is started again as it was.",
        "A row that makes no sense is reported with file and line, and the rest goes on.",
        "Exit code 0 when all are in, 1 when some were refused, left out or not sent, 2 when it could not start."
    },
    mixinStandardHelpOptions = true)
final class OlistImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions where;
  @Mixin private ImportOptions how;

  @Parameters(paramLabel = "DIR", description = "with orders.csv, order_items.csv, order_payments.csv, customers.csv, sellers.csv and products.csv")
  private Path directory;

  @Option(names = "--limit", paramLabel = "N", description = "only the first N orders")
  private @Nullable Long limit;

  @Override
  public Integer call() throws InterruptedException {
    return Imports.run(spec, where, how, this::open);
  }

  private Imports.Source open(Connection connection, Tally tally) throws UnusableData {
    var err = spec.commandLine().getErr();
    var orders = OlistHistory.read(directory, connection.account(), problem -> {
      tally.unreadable();
      err.println(problem);
      err.flush();
    });
    long most = limit == null ? Long.MAX_VALUE : Math.max(0, limit);
    return new Imports.Source(
        () -> StreamSupport.stream(orders.spliterator(), false).limit(most).iterator(), OptionalLong.of(Math.min(most, orders.size())));
  }
}
