package shop.orders.systemtest.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import shop.orders.localstack.cli.Home;

/** What a benchmark leaves behind: a page below {@code docs/benchmarks}, named by the day. */
final class BenchmarkFile {
  private BenchmarkFile() {}

  /** A line of it, its end included. */
  static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + "\n";
  }

  /** Replaces one of the same day and name. @param name added to the day; null for the day alone */
  static Path write(Home home, @Nullable String name, String report) throws IOException {
    var directory = home.root().resolve("docs/benchmarks");
    Files.createDirectories(directory);
    return Files.writeString(directory.resolve(LocalDate.now(ZoneOffset.UTC) + (name == null ? "" : "-" + name) + ".md"), report);
  }
}
