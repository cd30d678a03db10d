package shop.orders.localstack.imports;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How an import goes, as options. */
final class ImportOptions {
  @Option(names = "--live", description = "the orders are still on their way: feeds and hooks hear of them, and timers run for them")
  private boolean live;

  @Option(names = "--batch", paramLabel = "N", defaultValue = "50", description = "orders in one request, 1 to 100 (default: ${DEFAULT-VALUE})")
  private int batch;

  @Option(names = "--senders", paramLabel = "N", defaultValue = "4", description = "requests at once, 1 to 64 (default: ${DEFAULT-VALUE})")
  private int senders;

  @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "300",
      description = "give up when for so long nothing was answered (default: ${DEFAULT-VALUE})")
  private long timeoutSeconds;

  /** @throws IllegalArgumentException if a value is out of its range */
  Importer.Settings settings() {
    return new Importer.Settings(live, batch, senders, Duration.ofSeconds(timeoutSeconds));
  }
}
