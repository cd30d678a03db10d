package shop.orders.localstack.imports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import shop.orders.localstack.replay.UnusableData;
import tools.jackson.core.JacksonException;

/** The documents of files, one after the other, never more than one of them in memory. What cannot be read is reported and left out. */
final class DocumentFiles implements Iterator<SourceDocument> {
  private final Iterator<Path> files;
  private final Consumer<String> problems;
  private @Nullable DocumentFile open;
  private @Nullable SourceDocument next;

  /** @param problems told as they are met, with file and line or index */
  DocumentFiles(List<Path> files, Consumer<String> problems) {
    this.files = files.iterator();
    this.problems = problems;
  }

  /** The files that {@code paths} name, those of a directory by name; hidden ones only if they are named. */
  static List<Path> below(List<Path> paths) throws UnusableData {
    var files = new ArrayList<Path>();
    for (var path : paths) {
      if (Files.isRegularFile(path)) files.add(path);
      else if (Files.isDirectory(path)) files.addAll(in(path));
      else throw new UnusableData(path + " is neither a file nor a directory");
    }
    if (files.isEmpty()) throw new UnusableData("no file in " + paths.stream().map(Path::toString).collect(Collectors.joining(", ")));
    return files;
  }

  private static List<Path> in(Path directory) throws UnusableData {
    try (var found = Files.walk(directory)) {
      return found.filter(file -> Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".")).sorted().toList();
    } catch (IOException e) {
      throw new UnusableData(directory + " cannot be read: " + e.getMessage());
    }
  }

  @Override
  public boolean hasNext() {
    while (next == null) {
      if (open == null) {
        if (!files.hasNext()) return false;
        open = opened(files.next());
      } else {
        next = nextOf(open);
      }
    }
    return true;
  }

  @Override
  public SourceDocument next() {
    if (!hasNext() || next == null) throw new NoSuchElementException();
    var document = next;
    next = null;
    return document;
  }

  private @Nullable DocumentFile opened(Path file) {
    try {
      return DocumentFile.open(file, problems);
    } catch (IOException | JacksonException e) {
      problems.accept(file + ": cannot be read: " + e.getMessage());
      return null;
    }
  }

  /** @return null at the file's end, or where it cannot be read on */
  private @Nullable SourceDocument nextOf(DocumentFile file) {
    try {
      var document = file.next();
      if (document != null) return document;
    } catch (IOException e) {
      problems.accept(file + ": cannot be read on: " + e.getMessage());
    }
    file.close();
    open = null;
    return null;
  }
}
