package shop.orders.localstack.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import shop.orders.localstack.cli.OmsCommand;
import shop.orders.localstack.client.FakeOms;

class ImportCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path home;
  private FakeOms oms;

  @BeforeEach
  void start() throws IOException {
    oms = new FakeOms();
    Files.createDirectory(home.resolve(".oms"));
    Files.writeString(home.resolve(".oms/demo.env"), "OMS_URL=" + oms.connection("k").url() + "\nOMS_ACCOUNT=demo\nOMS_APP_KEY=k\nOMS_APP_TOKEN=t\n");
    System.setProperty("oms.home", home.toString());
  }

  @AfterEach
  void stop() {
    System.clearProperty("oms.home");
    oms.close();
  }

  @Test
  void command_isFoundByTheCommandLine() {
    assertThat(ServiceLoader.load(OmsCommand.class)).anyMatch(ImportCommand.class::isInstance);
  }

  @Test
  void secondRun_findsEverythingUnchanged() throws Exception {
    var files = olist(250);
    assertThat(run("olist", files, "--batch", "20")).isZero();
    assertThat(out.toString()).contains("250 imported, 0 unchanged, 0 refused");
    assertThat(run("olist", files)).isZero();
    assertThat(out.toString()).contains("0 imported, 250 unchanged, 0 refused");
    assertThat(oms.orders()).hasSize(250);
    assertThat(oms.calls("import live")).isZero();
  }

  @Test
  void troubleOfEveryKind_isOutlasted_andNothingDoubles() throws Exception {
    oms.trouble(0.3, 0.2);
    oms.putsOff(0.2);
    assertThat(run("olist", olist(120), "--batch", "7", "--live")).isZero();
    assertThat(out.toString()).contains("120 orders sent").contains(" 0 refused");
    assertThat(oms.orders()).hasSize(120);
    assertThat(oms.calls("import live")).isGreaterThan(120 / 7);
  }

  @Test
  void limit_isTheFirstOnes() throws Exception {
    assertThat(run("olist", olist(30), "--limit", "7")).isZero();
    assertThat(oms.orders()).hasSize(7);
  }

  @Test
  void refusedDocuments_areNamedWithReason_andOneBadOneDoesNotHoldTheOthers() throws Exception {
    var items = IntStream.range(0, 201).mapToObj(i -> "{}").collect(Collectors.joining(","));
    var bad = IntStream.range(0, 25).mapToObj(i -> "{\"orderId\":\"bad-" + i + "\"}").collect(Collectors.joining("\n"));
    var file = write("orders.ndjson", "{\"orderId\":\"1\",\"status\":\"invoiced\"}\n{\"orderId\":\"2\",\"status\":\"invoiced\",\"items\":[" + items + "]}\n" + bad
        + "\nnonsense\n{\"orderId\":\"3\",\"status\":\"handling\"}\n");
    assertThat(run("documents", file)).isEqualTo(1);
    assertThat(oms.orders()).extracting(order -> order.get("orderId").asString()).containsExactly("1", "3");
    assertThat(out.toString()).contains("28 orders sent").contains("2 imported, 0 unchanged, 26 refused").contains("refused: " + file + ":2: 413")
        .contains("bad-3: status is required").contains("and 6 more");
    assertThat(err.toString()).contains(file + ":28: not JSON");
  }

  @Test
  void givenUp_saysSo_andCanGoOn() throws Exception {
    oms.trouble(1, 0);
    var files = olist(10);
    assertThat(run("olist", files, "--timeout", "1")).isEqualTo(1);
    assertThat(out.toString()).contains("given up, not everything was sent (importing answered 503").contains("0 orders sent");
    oms.trouble(0, 0);
    assertThat(run("olist", files)).isZero();
    assertThat(oms.orders()).hasSize(10);
  }

  @Test
  void rowsThatMakeNoSense_areCounted() throws Exception {
    var files = OlistFiles.write(home.resolve("olist"), "o1,c1,lost,2017-10-02 10:56:33,,,", "o2,c1,created,2017-10-02 10:56:33,,,");
    assertThat(run("olist", files.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("orders.csv:2: unknown order_status 'lost'");
    assertThat(out.toString()).contains("1 imported").contains("1 times the source made no sense");
  }

  @Test
  void whatCannotStart_saysWhy_withExitCode2() throws Exception {
    assertThat(run("olist", home.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("none is not a directory");
    assertThat(run("documents")).isEqualTo(2);
    assertThat(run("documents", home.resolve("none").toString())).isEqualTo(2);
    assertThat(run("olist", olist(1), "--batch", "101")).isEqualTo(2);
    assertThat(err.toString()).contains("batch must be 1 to 100: 101");
    oms.wrongKey(true);
    assertThat(run("olist", olist(1))).isEqualTo(2);
    assertThat(err.toString()).contains("the API refuses: 401");
  }

  private String olist(int orders) throws IOException {
    return OlistFiles.write(home.resolve("olist"), IntStream.range(0, orders)
        .mapToObj(i -> "o%04d,c1,delivered,2017-10-02 10:%02d:33,2017-10-02 11:07:15,2017-10-04 19:55:00,2017-10-10 21:25:13".formatted(i, i % 60)).toArray(String[]::new)).toString();
  }

  private String write(String file, String content) throws IOException {
    return Files.writeString(home.resolve(file), content).toString();
  }

  private int run(String... arguments) {
    return new CommandLine(new ImportCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
  }
}
