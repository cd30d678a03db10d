package shop.orders.systemtest.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProcessStatTest {
  @Test
  void line_isReadBehindANameOfBlanksAndParentheses() {
    var line = "4711 (a) b (c)) S 1 4700 4690 0 -1 4194560 900 0 3 0 250 50 7 7 20 0 88 0 500 1000 2000 18446744073709551615";
    assertThat(ProcessStat.parse(line)).isEqualTo(new ProcessStat(4711, 4690, 3.0));
  }

  @Test
  void thisProcess_isReadAsTheSystemKnowsIt() throws Exception {
    var self = ProcessHandle.current();
    var stat = ProcessStat.parse(Files.readString(Path.of("/proc/self/stat")));
    assertThat(stat.pid()).isEqualTo(self.pid());
    assertThat(stat.cpuSeconds()).isCloseTo(self.info().totalCpuDuration().orElseThrow().toMillis() / 1e3, within(1.0));
  }
}
