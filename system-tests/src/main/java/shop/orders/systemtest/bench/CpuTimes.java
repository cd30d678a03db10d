package shop.orders.systemtest.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import shop.orders.localstack.cli.Home;

/**
 * Seconds of processor time used, by process of the local stack, by the benchmark itself, and by everything else on this machine.
 *
 * @param seconds by name
 */
record CpuTimes(Map<String, Double> seconds) {
  static final String BENCH = "bench";
  static final String OTHERS = "others on this machine";

  static CpuTimes now(Home home) {
    try {
      var sessions = new TreeMap<Long, String>();
      sessionsOf(home, sessions);
      long self = ProcessHandle.current().pid();
      var used = new LinkedHashMap<String, Double>();
      sessions.values().forEach(name -> used.put(name, 0.0));
      used.put(BENCH, 0.0);
      double ours = 0;
      try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
        for (var process : processes) {
          var stat = stat(process);
          if (stat.isEmpty()) continue;
          var name = stat.get().pid() == self ? BENCH : sessions.get(stat.get().session());
          if (name == null) continue;
          used.merge(name, stat.get().cpuSeconds(), Double::sum);
          ours += stat.get().cpuSeconds();
        }
      }
      used.put(OTHERS, Math.max(0, busySeconds() - ours));
      return new CpuTimes(used);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CpuTimes since(CpuTimes before) {
    var used = new LinkedHashMap<String, Double>();
    seconds.forEach((name, now) -> used.put(name, Math.max(0, now - before.seconds.getOrDefault(name, 0.0))));
    return new CpuTimes(used);
  }

  CpuTimes plus(CpuTimes more) {
    var sum = new LinkedHashMap<>(seconds);
    more.seconds.forEach((name, used) -> sum.merge(name, used, Double::sum));
    return new CpuTimes(sum);
  }

  private static void sessionsOf(Home home, Map<Long, String> sessions) throws IOException {
    try (var files = Files.newDirectoryStream(home.state())) {
      for (var directory : files) {
        var file = directory.resolve("pid");
        if (Files.isRegularFile(file)) sessions.put(Long.parseLong(Files.readString(file).strip().split(" ")[0]), directory.getFileName().toString());
      }
    }
  }

  private static Optional<ProcessStat> stat(Path process) {
    try {
      return Optional.of(ProcessStat.parse(Files.readString(process.resolve("stat"))));
    } catch (IOException e) {
      return Optional.empty(); // ended in this moment
    }
  }

  /** First line of /proc/stat: user, nice, system, idle, iowait, irq, softirq. */
  private static double busySeconds() throws IOException {
    var fields = Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split(" +");
    long busy = 0;
    for (int i : new int[] {1, 2, 3, 6, 7}) busy += Long.parseLong(fields[i]);
    return busy / ProcessStat.TICKS_PER_SECOND;
  }
}
