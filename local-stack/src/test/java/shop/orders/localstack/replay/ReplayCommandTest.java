package shop.orders.localstack.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import shop.orders.localstack.cli.OmsCommand;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.client.FakeOms;

class ReplayCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path home;
  private FakeOms oms;

  @BeforeEach
  void start() throws IOException {
    oms = new FakeOms();
    var url = oms.connection("k").url();
    Files.createDirectory(home.resolve(".oms"));
    Files.writeString(home.resolve(".oms/demo.env"), "OMS_URL=" + url + "\nOMS_ACCOUNT=demo\nOMS_APP_KEY=k\nOMS_APP_TOKEN=t\n");
    System.setProperty("oms.home", home.toString());
  }

  @AfterEach
  void stop() {
    System.clearProperty("oms.home");
    oms.close();
  }

  @Test
  void command_isFoundByTheCommandLine() {
    assertThat(ServiceLoader.load(OmsCommand.class)).anyMatch(ReplayCommand.class::isInstance);
  }

  @Test
  void ordersThatDoNotArrive_areNamed_withExitCode1() {
    assertThat(run("generated", "--count", "3", "--timeout", "1")).isEqualTo(1); // nobody handles orders here
    assertThat(out.toString()).contains("3 orders placed of 3").containsPattern("v100\\ddemo-01 from gen-1-0, wanted delivered: last seen: ready-for-handling");
  }

  @Test
  void whatCannotStart_saysWhy_withExitCode2() {
    assertThat(run("olist", home.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("none is not a directory");
    assertThat(run("olist")).isEqualTo(2);
    assertThat(run("generated", "--count", "1", "--rate", "-1")).isEqualTo(2);
    System.setProperty("oms.home", home.resolve("elsewhere").toString());
    assertThat(run("generated", "--count", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("OMS_URL is neither in the environment nor in").contains("./oms up");
  }

  @Test
  void environment_goesBeforeTheFile() throws Exception {
    var options = new ConnectionOptions();
    var file = home.resolve(".oms/demo.env");
    assertThat(options.connection(Map.of(), file)).isEqualTo(new Connection(oms.connection("k").url(), "demo", "k", "t"));
    assertThat(options.connection(Map.of("OMS_APP_KEY", "mine"), file).appKey()).isEqualTo("mine");
    assertThatThrownBy(() -> options.connection(Map.of("OMS_URL", "nonsense"), file)).hasMessage("not the address of a server: nonsense");
  }

  private int run(String... arguments) {
    return new CommandLine(new ReplayCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
  }
}
