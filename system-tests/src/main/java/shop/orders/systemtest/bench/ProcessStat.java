package shop.orders.systemtest.bench;

/**
 * One line of {@code /proc/PID/stat}.
 *
 * @param session the process that began its session: each process of the local stack has a session of its own
 * @param cpuSeconds used so far, in user and kernel mode
 */
record ProcessStat(long pid, long session, double cpuSeconds) {
  /** Fixed in the kernel's interface for user programs on all usual machines, whatever the kernel's own tick is. */
  static final double TICKS_PER_SECOND = 100;

  static ProcessStat parse(String line) {
    // The name in parentheses may hold blanks and parentheses itself; what follows the last one is numbers.
    int end = line.lastIndexOf(')');
    var fields = line.substring(end + 2).split(" ");
    var pid = Long.parseLong(line.substring(0, line.indexOf(' ')));
    return new ProcessStat(pid, Long.parseLong(fields[3]), (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND);
  }
}
