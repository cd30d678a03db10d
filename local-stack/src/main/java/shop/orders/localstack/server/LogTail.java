package shop.orders.localstack.server;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The end of a log file, for messages. */
public final class LogTail {
  private static final int ENOUGH_BYTES = 64 * 1024;

  private LogTail() {}

  /** The last lines, each indented by two spaces; says so if the file cannot be read. */
  public static String of(Path log, int lines) {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      var length = file.length();
      var tail = new byte[(int) Math.min(length, ENOUGH_BYTES)];
      file.seek(length - tail.length);
      file.readFully(tail);
      var all = new String(tail, StandardCharsets.UTF_8).split("\n");
      return Arrays.stream(all).skip(Math.max(0, all.length - lines)).map(line -> "  " + line).collect(Collectors.joining("\n"));
    } catch (IOException e) {
      return "  (no log: " + e.getMessage() + ")";
    }
  }
}
