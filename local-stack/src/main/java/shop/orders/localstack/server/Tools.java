package shop.orders.localstack.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Small programs of the operating system, looked up once. All of them are missing on one system or another. */
final class Tools {
  /** Makes a process leader of a session and group of its own. Linux has it, macOS has not. */
  static final Optional<Path> SETSID = find("setsid");

  /** Drops rights before a program runs. Linux only. */
  static final Optional<Path> SETPRIV = find("setpriv");

  private Tools() {}

  static boolean root() {
    var self = Path.of("/proc/self");
    try {
      return Files.exists(self) ? Files.getAttribute(self, "unix:uid").equals(0) : "root".equals(System.getProperty("user.name"));
    } catch (IOException | UnsupportedOperationException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  /** Whether {@code setpriv} with these arguments can run anything here: containers often forbid some of them. */
  static boolean setprivAllows(List<String> arguments) {
    return SETPRIV.isPresent()
        && run(Stream.of(List.of(SETPRIV.get().toString()), arguments, List.of("true")).flatMap(List::stream).toList());
  }

  /** Runs a command to its end, its output thrown away. */
  static boolean run(List<String> command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailed("interrupted while running " + command.get(0), e);
    }
  }

  private static Optional<Path> find(String program) {
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
