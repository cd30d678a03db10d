package shop.orders.systemtest.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** When, where and on what a run was made, as one line. */
final class Machine {
  private Machine() {}

  static String inWords(Path repository, ZonedDateTime at) throws IOException, InterruptedException {
    var when = at.withZoneSameInstant(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'"));
    return "%s · commit %s · %d cores (%s) · %s %s · JDK %s".formatted(
        when, commit(repository), Runtime.getRuntime().availableProcessors(), processor(), System.getProperty("os.name"), System.getProperty("os.version"),
        System.getProperty("java.vm.version"));
  }

  private static String commit(Path repository) throws IOException, InterruptedException {
    return git(repository, "rev-parse", "--short", "HEAD") + (git(repository, "status", "--porcelain", "--", "*.java", "*.xml", "*.yml", "oms").isEmpty() ? "" : " with changes");
  }

  private static String git(Path repository, String... command) throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of("git", "-C", repository.toString()));
    line.addAll(List.of(command));
    var git = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    var said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return git.waitFor() == 0 ? said : "unknown";
  }

  private static String processor() throws IOException {
    return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
        .filter(line -> line.startsWith("model name")).map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().orElse("unknown");
  }
}
