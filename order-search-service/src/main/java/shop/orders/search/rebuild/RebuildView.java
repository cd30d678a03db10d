package shop.orders.search.rebuild;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import shop.orders.search.rebuild.Rebuild.Pressure;
import shop.orders.search.rebuild.Rebuild.WaveReport;

/**
 * A rebuild as the operator sees it.
 *
 * @param generation that is written to; 0 before there is one
 * @param wave that is worked on; 0 before the first
 * @param proving whether that wave is compared with the store
 * @param problems some of the orders that are in only in part, or not at all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RebuildView(
    String id,
    @Nullable String account,
    @Nullable LocalDate since,
    String status,
    @Nullable String note,
    Instant beganAt,
    @Nullable Instant switchedAt,
    @Nullable Instant endedAt,
    int generation,
    int wave,
    int waveCount,
    boolean proving,
    List<WaveView> waves,
    long redone,
    long problemCount,
    List<String> problems,
    List<String> differences,
    @Nullable Pressure throttle) {

  /**
   * @param orders done
   * @param expected about how many there are; null while nothing can be said
   * @param part of the wave that is done, 0 to 1
   * @param perSecond orders, pauses left out
   * @param secondsLeft about; null if it is over, or nothing can be said
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record WaveView(
      int wave, String what, long orders, @Nullable Long expected, double part, double perSecond, @Nullable Long secondsLeft, Instant beganAt, @Nullable Instant endedAt) {
    static WaveView of(WaveReport report) {
      long orders = report.done();
      double part = report.parts() == 0 ? 1 : (double) report.partsDone() / report.parts();
      double seconds = report.workedMillis() / 1000.0;
      boolean over = report.endedAt() != null;
      Long expected = over ? (Long) orders : report.partsDone() == 0 ? null : (Long) Math.max(orders, Math.round(orders / part));
      Long left = over || report.partsDone() == 0 ? null : (Long) Math.round(seconds * (1 - part) / part);
      return new WaveView(
          report.wave(), report.what(), orders, expected, part, seconds == 0 ? 0 : orders / seconds, left, report.beganAt(), report.endedAt());
    }
  }

  static RebuildView of(Rebuild rebuild) {
    var progress = rebuild.progress();
    return new RebuildView(
        rebuild.id(),
        rebuild.account(),
        rebuild.since(),
        rebuild.status().name().toLowerCase(Locale.ROOT),
        rebuild.note(),
        rebuild.beganAt(),
        progress.switchedAt(),
        rebuild.endedAt(),
        progress.generation(),
        Math.min(progress.wave(), rebuild.isInPlace() ? 1 : 3),
        rebuild.isInPlace() ? 1 : 3,
        progress.proving(),
        progress.waves().stream().map(WaveView::of).toList(),
        progress.redone(),
        progress.problemCount(),
        progress.problems(),
        progress.differences(),
        progress.pressure());
  }
}
