package shop.orders.localstack.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  @Test
  void line_saysHowFar_howFast_andHowLongStill() {
    var bar = new ProgressBar(OptionalLong.of(1_000), 0);
    assertThat(bar.line(0, Duration.ZERO)).isEqualTo("[------------------------] 0/1000, 0.0 per second");
    assertThat(bar.line(500, Duration.ofSeconds(10))).isEqualTo("[############------------] 500/1000, 50.0 per second, 10 s left");
    assertThat(bar.line(1_000, Duration.ofSeconds(20))).isEqualTo("[########################] 1000/1000, 50.0 per second");
  }

  @Test
  void rate_isThatOfTheLastHalfMinute() {
    var bar = new ProgressBar(OptionalLong.of(100_000), 0);
    for (int second = 1; second <= 10; second++) bar.line(second * 1_000, Duration.ofSeconds(second));
    String line = "";
    for (int second = 11; second <= 60; second++) line = bar.line(10_000 + (second - 10) * 10L, Duration.ofSeconds(second));
    assertThat(line).endsWith("10500/100000, 10.0 per second, 2.5 h left");
  }

  @Test
  void withoutTotal_thereIsNoBar() {
    assertThat(new ProgressBar(OptionalLong.empty(), 0).line(30, Duration.ofSeconds(3))).isEqualTo("   3 s: 30 done, 10.0 per second");
  }

  @Test
  void liveLine_isWrittenAnewOnATerminal_andEveryFewSecondsElsewhere() {
    var text = new StringWriter();
    var terminal = new LiveLine(new PrintWriter(text), true);
    terminal.show("longer", Duration.ZERO);
    terminal.show("short", Duration.ofSeconds(1));
    assertThat(text.toString()).isEqualTo("\rlonger\rshort ");
    var plain = new StringWriter();
    var elsewhere = new LiveLine(new PrintWriter(plain), false);
    for (int second = 0; second < 11; second++) elsewhere.show("at " + second, Duration.ofSeconds(second));
    elsewhere.over();
    assertThat(plain.toString().lines()).containsExactly("at 5", "at 10");
  }
}
