package shop.orders.store.cassandra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * One step of the schema: a file of CQL statements, each harmless when run again, since a step that was cut off is run again whole.
 * A file that was released never changes; what it got wrong, the next one mends.
 */
record Migration(int number, String name, String text) {
  private static final List<String> FILES = List.of("0001-orders.cql", "0002-wakeups.cql", "0003-event-log.cql", "0004-configuration.cql", "0005-receipts.cql",
          "0006-created-at.cql", "0007-kept-documents.cql");

  /** All of them, in order. */
  static List<Migration> all() {
    return FILES.stream().map(Migration::load).toList();
  }

  private static Migration load(String file) {
    try (var in = Migration.class.getResourceAsStream(file)) {
      if (in == null) throw new IllegalStateException("the class path has no " + file);
      // Line ends as a checkout on any system may have them must not change the checksum.
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
      return new Migration(Integer.parseInt(file.substring(0, 4)), file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is run: comments out, one at a time. */
  List<String> statements(String keyspace) {
    var code = new ArrayList<String>();
    text.lines().map(line -> line.replaceFirst("--.*$", "")).filter(line -> !line.isBlank()).forEach(code::add);
    return Stream.of(String.join("\n", code).replace("{keyspace}", keyspace).split(";")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  String checksum() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
