package shop.orders.localstack.imports;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** One document per line, so that a broken one costs its own line only. */
final class DocumentLines implements DocumentFile {
  private final Path file;
  private final LineReader lines;
  private final Consumer<String> problems;

  DocumentLines(Path file, Consumer<String> problems) throws IOException {
    this.file = file;
    this.lines = new LineReader(new BufferedInputStream(Files.newInputStream(file)));
    this.problems = problems;
  }

  @Override
  public @Nullable SourceDocument next() throws IOException {
    for (var line = lines.next(); line != null; line = lines.next()) {
      if (line.isBlank()) continue;
      var where = file + ":" + line.number();
      if (line.cut()) {
        problems.accept(where + ": longer than " + LineReader.MOST_BYTES + " bytes");
        continue;
      }
      try {
        if (SourceDocument.EXACT.readTree(line.bytes()).isObject()) return new SourceDocument(where, line.bytes());
        problems.accept(where + ": not an order document");
      } catch (JacksonException e) {
        problems.accept(where + ": not JSON: " + e.getOriginalMessage());
      }
    }
    return null;
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
