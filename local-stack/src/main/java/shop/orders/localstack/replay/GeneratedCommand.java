package shop.orders.localstack.replay;

import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "generated",
    description = {
        "Places generated orders of every size and watches each to its end.",
        "Exit code 0 when all came to their end, 1 when some did not, 2 when it could not start."
    },
    mixinStandardHelpOptions = true)
final class GeneratedCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions where;
  @Mixin private RunOptions how;

  @Option(names = "--count", paramLabel = "N", required = true, description = "how many orders")
  private long count;

  @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "the same seed makes the same orders (default: ${DEFAULT-VALUE})")
  private long seed;

  @Override
  public Integer call() throws InterruptedException {
    return Runs.run(spec, where, how, new OrderGenerator(seed, Clock.systemUTC().instant()).orders(count));
  }
}
