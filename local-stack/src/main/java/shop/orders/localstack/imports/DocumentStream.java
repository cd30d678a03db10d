package shop.orders.localstack.imports;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** A JSON array of documents, or documents one after the other, over any number of lines. */
final class DocumentStream implements DocumentFile {
  private final Path file;
  private final JsonParser json;
  private final Consumer<String> problems;
  private boolean begun;
  private boolean inArray;
  private int index = -1;

  DocumentStream(Path file, Consumer<String> problems) throws IOException {
    this.file = file;
    this.json = SourceDocument.EXACT.createParser(new BufferedInputStream(Files.newInputStream(file)));
    this.problems = problems;
  }

  @Override
  public @Nullable SourceDocument next() {
    try {
      for (var token = json.nextToken(); token != null; token = json.nextToken()) {
        begun = true;
        if (token == JsonToken.END_ARRAY) {
          inArray = false;
          continue;
        }
        if (token == JsonToken.START_ARRAY && !inArray) {
          inArray = true;
          continue;
        }
        index++;
        if (token == JsonToken.START_OBJECT) return SourceDocument.of(where(), json.<JsonNode>readValueAsTree());
        problems.accept(where() + ": not an order document");
        json.skipChildren();
      }
      if (!begun) problems.accept(file + ": is empty");
    } catch (JacksonException e) {
      problems.accept(file + ":" + e.getLocation().getLineNr() + ": not JSON, the rest of the file is left out: " + e.getOriginalMessage());
    }
    return null;
  }

  @Override
  public void close() {
    json.close();
  }

  /** From 0, as JSON counts. */
  private String where() {
    return file + "[" + index + "]";
  }
}
