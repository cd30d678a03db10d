package shop.orders.systemtest.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/ops/metrics.md and the meters in the sources are the same: name, type, and tags as far as one statement shows them. */
class MetricsTableTest {
  private static final Path ROOT = Path.of("..");
  private static final List<String> MODULES = List.of("shared-model", "shared-web", "order-store", "order-workflow-service", "order-search-service");

  /** A meter's statement: the builder's class, the name, and what follows it; or a registry's short form. */
  private static final Pattern METER =
      Pattern.compile("(?:(\\w+)\\s*\\.\\s*builder|\\.\\s*(counter|timer|gauge|summary))\\(\\s*\"(orders\\.[^\"]*)\"((?:\"[^\"]*\"|[^;\"])*);");

  /** A meter that the one above would not see right. */
  private static final Pattern OUT_OF_SIGHT =
      Pattern.compile("\\w*(?:Counter|Gauge|Timer|Summary)\\s*\\.\\s*builder\\((?!\\s*\"orders\\.[a-z0-9.-]+\"\\s*[,)])|@Timed|@Counted|\\.\\s*(?:counter|timer|gauge|summary)\\(\\s*\"orders\\.[^\"]*\"\\s*\\+");

  private static final Pattern TAG = Pattern.compile("\\.\\s*tag\\(\\s*\"([^\"]+)\"");
  private static final Pattern SHORT_TAGS = Pattern.compile("^\\s*,\\s*\"([^\"]+)\"\\s*,");
  private static final Pattern ROW = Pattern.compile("^\\| `(orders\\.[^`]+)` \\|([^|]+)\\|([^|]*)\\|[^|]{5,}\\|[^|]*\\|$");

  private record Meter(String type, TreeSet<String> tags) {}

  @Test
  void tableAndSources_tellOfTheSameMetrics() {
    assertThat(table()).isEqualTo(sources());
  }

  @Test
  void everyMeter_isMadeWhereItsNameStands() {
    var hidden = files().flatMap(file -> OUT_OF_SIGHT.matcher(text(file)).results().map(m -> file.getFileName() + ": " + m.group())).toList();
    assertThat(hidden).isEmpty();
  }

  @Test
  void everyRow_isComplete() {
    var broken = lines().filter(line -> line.startsWith("| `orders.")).filter(line -> !ROW.matcher(line).matches()).toList();
    assertThat(broken).isEmpty();
  }

  private static Map<String, Meter> sources() {
    var meters = new TreeMap<String, Meter>();
    files().forEach(file -> METER.matcher(text(file)).results().forEach(m -> meters.put(m.group(3), meter(m))));
    return meters;
  }

  private static Meter meter(MatchResult m) {
    var tags = new TreeSet<String>();
    TAG.matcher(m.group(4)).results().forEach(tag -> tags.add(tag.group(1)));
    if (m.group(2) != null) SHORT_TAGS.matcher(m.group(4)).results().forEach(tag -> tags.add(tag.group(1)));
    if ("MultiGauge".equals(m.group(1))) tags.addAll(table().getOrDefault(m.group(3), new Meter("", new TreeSet<>())).tags()); // its rows have them
    return new Meter(type(m), tags);
  }

  private static String type(MatchResult m) {
    var type = m.group(1) == null ? m.group(2) : m.group(1).replaceFirst("^(Function|Multi|Time(?=Gauge))", "").toLowerCase(Locale.ROOT);
    return m.group(4).contains("publishPercentileHistogram()") ? type + ", histogram" : type;
  }

  private static Map<String, Meter> table() {
    var meters = new TreeMap<String, Meter>();
    lines()
        .map(ROW::matcher)
        .filter(row -> row.matches())
        .forEach(
            row -> {
              var tags = new TreeSet<String>();
              Arrays.stream(row.group(3).split(",")).map(tag -> tag.replace("`", "").strip()).filter(tag -> !tag.isEmpty()).forEach(tags::add);
              assertThat(meters.put(row.group(1), new Meter(row.group(2).strip(), tags))).as("%s is there twice", row.group(1)).isNull();
            });
    return meters;
  }

  private static Stream<String> lines() {
    return text(ROOT.resolve("docs/ops/metrics.md")).lines();
  }

  private static Stream<Path> files() {
    return MODULES.stream()
        .flatMap(
            module -> {
              try (var files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
