package shop.orders.systemtest.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import shop.orders.localstack.cli.Home;

/**
 * Seconds of processor time used, by process of the local stack, by the benchmark itself, and by everything else on this machine.
 *
 * @param seconds by name
 * @param compiling of these, spent by the JVM's compilers: much in the first minutes of a process, little later
 */
record CpuTimes(Map<String, Double> seconds, Map<String, Double> compiling) {
  static final String BENCH = "bench";
  static final String OTHERS = "others on this machine";

  static CpuTimes none() {
    return new CpuTimes(Map.of(), Map.of());
  }

  static CpuTimes now(Home home) {
    try {
      var sessions = new TreeMap<Long, String>();
      sessionsOf(home, sessions);
      long self = ProcessHandle.current().pid();
      var used = new LinkedHashMap<String, Double>();
      sessions.values().forEach(name -> used.put(name, 0.0));
      used.put(BENCH, 0.0);
      var compiling = new HashMap<String, Double>();
      double ours = 0;
      try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
        for (var process : processes) {
          var stat = stat(process);
          if (stat.isEmpty()) continue;
          var name = stat.get().pid() == self ? BENCH : sessions.get(stat.get().session());
          if (name == null) continue;
          used.merge(name, stat.get().cpuSeconds(), Double::sum);
          compiling.merge(name, compiling(process), Double::sum);
          ours += stat.get().cpuSeconds();
        }
      }
      used.put(OTHERS, Math.max(0, busySeconds() - ours));
      return new CpuTimes(used, compiling);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CpuTimes since(CpuTimes before) {
    return new CpuTimes(difference(seconds, before.seconds), difference(compiling, before.compiling));
  }

  CpuTimes plus(CpuTimes more) {
    return new CpuTimes(sum(seconds, more.seconds), sum(compiling, more.compiling));
  }

  private static Map<String, Double> difference(Map<String, Double> now, Map<String, Double> before) {
    var difference = new LinkedHashMap<String, Double>();
    now.forEach((name, used) -> difference.put(name, Math.max(0, used - before.getOrDefault(name, 0.0))));
    return difference;
  }

  private static Map<String, Double> sum(Map<String, Double> one, Map<String, Double> other) {
    var sum = new LinkedHashMap<>(one);
    other.forEach((name, used) -> sum.merge(name, used, Double::sum));
    return sum;
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

  private static double compiling(Path process) {
    double used = 0;
    try (var threads = Files.newDirectoryStream(process.resolve("task"))) {
      for (var thread : threads) {
        var line = Files.readString(thread.resolve("stat"));
        if (line.contains("(C1 Compiler") || line.contains("(C2 Compiler")) used += ProcessStat.parse(line).cpuSeconds();
      }
    } catch (IOException e) {
      return used; // a thread, or the process, ended in this moment
    }
    return used;
  }

  /** First line of /proc/stat: user, nice, system, idle, iowait, irq, softirq. */
  private static double busySeconds() throws IOException {
    var fields = Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split(" +");
    long busy = 0;
    for (int i : new int[] {1, 2, 3, 6, 7}) busy += Long.parseLong(fields[i]);
    return busy / ProcessStat.TICKS_PER_SECOND;
  }
}
