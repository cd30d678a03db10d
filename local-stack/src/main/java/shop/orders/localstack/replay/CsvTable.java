package shop.orders.localstack.replay;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;

/**
 * Reads a CSV file row by row. A row that cannot be read is reported and left out, the others are read all the same; for that each line of
 * the file is a row (none of our files has a line break within a field), so that a stray quote cannot swallow what follows.
 */
final class CsvTable {
  private final Path file;
  private final List<String> columns;
  private final Consumer<Problem> problems;

  /** @param columns that must be there, in the order they have when the header is missing; others are skipped */
  CsvTable(Path file, List<String> columns, Consumer<Problem> problems) {
    this.file = file;
    this.columns = columns;
    this.problems = problems;
  }

  /** One row that has every column. */
  record Row(long line, Map<String, String> fields) {
    /** Without blanks around it; empty when the field is. */
    String get(String column) {
      return fields.get(column);
    }
  }

  /** What a row says makes no sense. */
  static final class BadRow extends Exception {
    private static final long serialVersionUID = 1;

    BadRow(String message) {
      super(message);
    }
  }

  @FunctionalInterface
  interface RowReader {
    void read(Row row) throws BadRow;
  }

  /** Hands every row to {@code reader}; what that refuses is reported too. */
  void read(RowReader reader) throws UnusableData {
    // bytes as they are: each field is decoded by itself, so that bad UTF-8 costs its own row only
    try (var lines = new BufferedReader(new InputStreamReader(new BufferedInputStream(Files.newInputStream(file)), StandardCharsets.ISO_8859_1))) {
      var first = lines.readLine();
      if (first == null) throw new UnusableData(file + " is empty");
      var names = header(first.startsWith("\u00ef\u00bb\u00bf") ? first.substring(3) : first); // UTF-8's byte order mark
      long number = 1;
      if (names.isEmpty()) {
        report(1, "the header is missing; columns are taken to be " + String.join(",", columns));
        names = columns;
        row(first, 1, names, reader);
      }
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) row(line, number, names, reader);
      }
    } catch (IOException e) {
      throw new UnusableData(file + " cannot be read: " + e.getMessage());
    }
  }

  /** @return empty when the line is no header at all */
  private List<String> header(String line) throws UnusableData {
    List<String> names;
    try {
      names = fields(line);
    } catch (BadRow e) {
      return List.of();
    }
    if (columns.stream().noneMatch(names::contains)) return List.of();
    var missing = columns.stream().filter(column -> !names.contains(column)).toList();
    if (!missing.isEmpty()) throw new UnusableData(file + " has no column " + String.join(", ", missing));
    return names;
  }

  private void row(String line, long number, List<String> names, RowReader reader) {
    try {
      var values = fields(line);
      if (values.size() != names.size()) throw new BadRow(values.size() + " columns instead of " + names.size());
      var fields = new HashMap<String, String>();
      for (int i = 0; i < names.size(); i++) fields.put(names.get(i), values.get(i));
      reader.read(new Row(number, fields));
    } catch (BadRow e) {
      report(number, e.getMessage());
    }
  }

  private static List<String> fields(String line) throws BadRow {
    try (var parser = CSVFormat.RFC4180.parse(new StringReader(line))) {
      var fields = new ArrayList<String>();
      for (var record : parser) {
        for (var field : record) fields.add(decoded(field).strip());
      }
      return fields;
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      throw new BadRow("quotes do not match");
    }
  }

  private static String decoded(String bytes) throws BadRow {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1))).toString();
    } catch (CharacterCodingException e) {
      throw new BadRow("not UTF-8");
    }
  }

  private void report(long line, String what) {
    problems.accept(new Problem(file.getFileName().toString(), line, what));
  }
}
