package shop.orders.localstack.imports;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** One file's documents, in order. */
interface DocumentFile {
  /**
   * @return null at the end; also where what follows cannot be told apart, which was reported
   * @throws IOException if the file cannot be read on
   */
  @Nullable SourceDocument next() throws IOException;

  void close();

  /** One document per line if the file is named so or its first line is a whole document; otherwise JSON over any number of lines. */
  static DocumentFile open(Path file, Consumer<String> problems) throws IOException {
    var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    boolean lines = name.endsWith(".ndjson") || name.endsWith(".jsonl") || firstLineIsADocument(file);
    return lines ? new DocumentLines(file, problems) : new DocumentStream(file, problems);
  }

  private static boolean firstLineIsADocument(Path file) throws IOException {
    try (var lines = new LineReader(new BufferedInputStream(Files.newInputStream(file)))) {
      var first = lines.next();
      while (first != null && first.isBlank()) first = lines.next();
      return first != null && first.startsWith('{') && SourceDocument.EXACT.readTree(first.bytes()).isObject();
    } catch (JacksonException e) {
      return false;
    }
  }
}
