package shop.orders.localstack.replay;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "olist",
    description = {
        "Places the baskets of the Olist data (six CSV files) as new orders and watches each to the end its data says.",
        "A row that makes no sense is reported with file and line, and the rest goes on.",
        "Exit code 0 when all placed orders came to their end, 1 when some did not, 2 when it could not start."
    },
    mixinStandardHelpOptions = true)
final class OlistCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions where;
  @Mixin private RunOptions how;

  @Parameters(paramLabel = "DIR", description = "with orders.csv, order_items.csv, order_payments.csv, customers.csv, sellers.csv and products.csv")
  private Path directory;

  @Option(names = "--limit", paramLabel = "N", description = "only the first N orders")
  private @Nullable Long limit;

  @Override
  public Integer call() throws InterruptedException {
    var err = spec.commandLine().getErr();
    var reported = new AtomicLong();
    try {
      var orders = OlistOrders.read(directory, Clock.systemUTC().instant(), problem -> {
        reported.incrementAndGet();
        err.println(problem);
        err.flush();
      });
      long most = limit == null ? Long.MAX_VALUE : Math.max(0, limit);
      int code = Runs.run(spec, where, how, () -> StreamSupport.stream(orders.spliterator(), false).limit(most).iterator());
      if (reported.get() > 0) err.println(reported + " rows made no sense and are listed above");
      return code;
    } catch (UnusableData e) {
      err.println("replay: " + e.getMessage());
      return Runs.COULD_NOT_START;
    } finally {
      err.flush();
    }
  }
}
