package shop.orders.localstack.replay;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a replay goes, as options. */
final class RunOptions {
  @Option(names = "--rate", paramLabel = "N", defaultValue = "0", description = "orders placed per second at most; default: as fast as they are taken")
  private double rate;

  @Option(names = "--placers", paramLabel = "N", defaultValue = "16", description = "orders being placed at once, 1 to 256 (default: ${DEFAULT-VALUE})")
  private int placers;

  @Option(names = "--watchers", paramLabel = "N", defaultValue = "8", description = "orders being looked at, at once, 1 to 256 (default: ${DEFAULT-VALUE})")
  private int watchers;

  @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "300",
      description = "give up when for so long nothing was placed and nothing came to its end (default: ${DEFAULT-VALUE})")
  private long timeoutSeconds;

  @Option(names = "--run", paramLabel = "ID", description = "name of the run; the same run started again places no order twice (default: a new one)")
  private @Nullable String run;

  /** @throws IllegalArgumentException if a value is out of its range */
  ReplayOptions options() {
    return new ReplayOptions(run == null ? ReplayOptions.newRun() : run, rate, placers, watchers, Duration.ofSeconds(timeoutSeconds));
  }
}
