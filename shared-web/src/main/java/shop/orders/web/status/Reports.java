package shop.orders.web.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import shop.orders.store.Settings;
import tools.jackson.databind.json.JsonMapper;

/** Where processes leave their reports, and find those of all others. */
class Reports {
  /** A process that ended leaves its report behind. It is removed then, unless it is the last word of its service. */
  private static final Duration KEPT = Duration.ofHours(1);

  /** Ours alone: a process of the release before must be able to read it. */
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Settings settings;

  Reports(Settings settings) {
    this.settings = settings;
  }

  /** @throws shop.orders.store.StoreUnavailable if it may not have been written */
  void write(Report report) {
    settings.save(Settings.Kind.PROGRESS, "", name(report), JSON.writeValueAsString(report));
  }

  /**
   * The reports of every process, unordered; removes those of processes that are long gone.
   *
   * @throws shop.orders.store.StoreUnavailable if the store does not answer
   */
  List<Report> read(Instant now) {
    var all = settings.list(Settings.Kind.PROGRESS, "").values().stream().map(json -> JSON.readValue(json, Report.class)).toList();
    var gone = all.stream().filter(report -> report.writtenAt().isBefore(now.minus(KEPT)) && hasSuccessor(report, all)).toList();
    gone.forEach(report -> settings.delete(Settings.Kind.PROGRESS, "", name(report)));
    return all.stream().filter(report -> !gone.contains(report)).toList();
  }

  private static boolean hasSuccessor(Report report, List<Report> all) {
    return all.stream().anyMatch(other -> other.service().equals(report.service()) && other.writtenAt().isAfter(report.writtenAt()));
  }

  private static String name(Report report) {
    return report.service() + "/" + report.process();
  }
}
