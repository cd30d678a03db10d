package shop.orders.localstack.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The classes a program loads, stored ready to map into memory (AppCDS): a third off a server's start. The first run that ends by
 * TERM writes it, every later run of the same Java with the same class path reads it. Where it does not fit, Java goes on without.
 */
public final class ClassArchive {
  private static final String QUIET = "-Xlog:cds*=error";

  private final Path archive;
  private final Path draft;

  private ClassArchive(Path archive, Path draft) {
    this.archive = archive.toAbsolutePath();
    this.draft = draft.toAbsolutePath();
  }

  /**
   * @param classPath jars only: Java refuses to archive classes from directories
   * @param directory of the one process that may write the archive: half an archive is never seen by others
   */
  public static ClassArchive of(String program, Jdk jdk, String classPath, Path directory) {
    var crc = new CRC32();
    crc.update((jdk.home() + jdk.version() + classPath).getBytes(StandardCharsets.UTF_8));
    for (var jar : classPath.split(":")) {
      crc.update(Long.toString(Path.of(jar).toFile().lastModified()).getBytes(StandardCharsets.US_ASCII));
    }
    var name = program + "-" + Long.toHexString(crc.getValue()) + ".jsa";
    return new ClassArchive(Artifacts.classArchives().resolve(name), directory.resolve("classes.jsa"));
  }

  /** JVM options of the next run: read the archive, or write it when that run ends. */
  public List<String> options() {
    try {
      Files.createDirectories(archive.getParent());
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Java warns of every class it cannot archive, a hundred lines at the very end of the log, where people look for their problem.
    return Files.isRegularFile(archive)
        ? List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + archive, QUIET)
        : List.of("-XX:ArchiveClassesAtExit=" + draft, QUIET);
  }

  /** To be called after a run ended by TERM: from now on the archive it wrote, if any, is used. */
  public void keep() {
    try {
      if (!Files.isRegularFile(draft)) return;
      Files.createDirectories(archive.getParent());
      Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
