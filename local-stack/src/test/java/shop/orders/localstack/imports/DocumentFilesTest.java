package shop.orders.localstack.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shop.orders.localstack.replay.UnusableData;

class DocumentFilesTest {
  @TempDir Path directory;
  private final List<String> problems = new ArrayList<>();

  @Test
  void oneDocument_anArray_andOnePerLine_areTold() throws Exception {
    write("a.json", "{\n  \"orderId\": \"1\"\n}\n");
    write("b.json", "\n[{\"orderId\":\"2\"},\n{\"orderId\":\"3\"}]");
    write("c.json", "\ufeff{\"orderId\":\"4\"}\r\n\n{\"orderId\":\"5\"}");
    write("d.json", "{\"orderId\":\"6\"}");
    write("e.json", "[]");
    write(".hidden", "nonsense");
    Files.createDirectory(directory.resolve("more"));
    write("more/f.jsonl", "{\"orderId\":\"7\"}\n");
    assertThat(read(directory)).containsExactly(
        "a.json[0] {\"orderId\":\"1\"}", "b.json[0] {\"orderId\":\"2\"}", "b.json[1] {\"orderId\":\"3\"}", "c.json:1 {\"orderId\":\"4\"}", "c.json:3 {\"orderId\":\"5\"}",
        "d.json:1 {\"orderId\":\"6\"}", "f.jsonl:1 {\"orderId\":\"7\"}");
    assertThat(problems).isEmpty();
  }

  @Test
  void numbers_keepTheirDigits() throws Exception {
    write("a.json", "[{\"a\":1.0,\"b\":1.10,\"c\":12345678901234567890.123456789,\"d\":1}]");
    assertThat(read(directory)).containsExactly("a.json[0] {\"a\":1.0,\"b\":1.10,\"c\":12345678901234567890.123456789,\"d\":1}");
  }

  @Test
  void whatCannotBeRead_isReportedWithItsPlace_andTheRestGoesOn() throws Exception {
    write("a.json", "{\"orderId\":\"1\"}\n{\"orderId\":\n7\n{\"orderId\":\"2\"} {\"orderId\":\"3\"}\n{\"orderId\":\"4\"}");
    write("b.json", "[{\"orderId\":\"5\"}, 7, [1], {\"orderId\":\"6\"},\n{\"orderId\":]");
    write("c.json", "");
    Files.write(directory.resolve("d.jsonl"), "{\"orderId\":\"\u00e9\"}\n{\"orderId\":\"8\"}\n".getBytes(StandardCharsets.ISO_8859_1));
    write("e.json", "{\"orderId\":\"9\"}");
    assertThat(read(directory).stream().map(found -> found.substring(found.indexOf(' ') + 1))).containsExactly(
        "{\"orderId\":\"1\"}", "{\"orderId\":\"4\"}", "{\"orderId\":\"5\"}", "{\"orderId\":\"6\"}", "{\"orderId\":\"8\"}", "{\"orderId\":\"9\"}");
    assertThat(problems.stream().map(problem -> Arrays.stream(problem.split(": ")).limit(2).collect(Collectors.joining(": "))).toList()).containsExactly(
        "a.json:2: not JSON", "a.json:3: not an order document", "a.json:4: not JSON", "b.json[1]: not an order document", "b.json[2]: not an order document",
        "b.json:2: not JSON, the rest of the file is left out", "c.json: is empty", "d.jsonl:1: not JSON");
  }

  @Test
  void missingPath_isSaidBeforeAnythingIsSent() {
    assertThatThrownBy(() -> DocumentFiles.below(List.of(directory.resolve("none")))).isInstanceOf(UnusableData.class).hasMessageEndingWith("none is neither a file nor a directory");
    assertThatThrownBy(() -> DocumentFiles.below(List.of(directory))).isInstanceOf(UnusableData.class).hasMessageContaining("no file in");
  }

  private List<String> read(Path path) throws UnusableData {
    var found = new ArrayList<String>();
    new DocumentFiles(DocumentFiles.below(List.of(path)), problem -> problems.add(withoutDirectory(problem)))
        .forEachRemaining(document -> found.add(withoutDirectory(document.where()) + " " + new String(document.json(), StandardCharsets.UTF_8).strip()));
    return found;
  }

  private String withoutDirectory(String text) {
    return text.replace(directory + "/more/", "").replace(directory + "/", "");
  }

  private void write(String file, String content) throws Exception {
    Files.writeString(directory.resolve(file), content);
  }
}
