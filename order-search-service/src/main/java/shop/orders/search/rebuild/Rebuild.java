package shop.orders.search.rebuild;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A rebuild as it is kept. Who asks for it changes its status, who works on it its progress.
 *
 * @param account the only one that is indexed again, in place; null for all
 * @param since first day of creation that is indexed again, in place; null for all
 * @param strict whether differences between old and new hold up the switch
 * @param note what it waits for, why it does not go on, or what it went without
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Rebuild(
    String id,
    @Nullable String account,
    @Nullable LocalDate since,
    boolean strict,
    Status status,
    @Nullable String note,
    Instant beganAt,
    @Nullable Instant endedAt,
    Progress progress) {
  enum Status {
    RUNNING,
    /** Somebody wanted that, or it cannot go on without somebody: see the note. */
    PAUSED,
    CANCELLED,
    DONE
  }

  /** Whether documents are written anew where they are, instead of into a new generation. */
  @JsonIgnore
  boolean isInPlace() {
    return account != null || since != null;
  }

  /** Whether no other may begin. */
  @JsonIgnore
  boolean isOpen() {
    return status == Status.RUNNING || status == Status.PAUSED;
  }

  Rebuild with(Status now, @Nullable String why, @Nullable Instant end) {
    return new Rebuild(id, account, since, strict, now, why, beganAt, end, progress);
  }

  Rebuild with(Progress now) {
    return new Rebuild(id, account, since, strict, status, note, beganAt, endedAt, now);
  }

  /**
   * @param generation that is written to; 0 before there is one
   * @param today the day it began on, from which days are counted back; null before it began
   * @param logs of each account, what of its log is of the last days
   * @param wave 0 before the first
   * @param proving whether the wave's orders are in and are looked at once more
   * @param redone orders indexed once more because something was killed or away
   * @param problems some of the orders that are in only in part, or not at all, with the reason
   * @param differences what lists answer differently from the new generation
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Progress(
      int generation,
      @Nullable LocalDate today,
      @Nullable Instant switchedAt,
      Map<String, Span> logs,
      int wave,
      @Nullable Position position,
      boolean proving,
      List<WaveReport> waves,
      long redone,
      long problemCount,
      List<String> problems,
      List<String> differences,
      @Nullable Pressure pressure) {
    static final Progress NONE = new Progress(0, null, null, Map.of(), 0, null, false, List.of(), 0, 0, List.of(), List.of(), null);
  }

  /** Numbers of a log, {@code to} excluded. */
  record Span(long from, long to) {}

  /**
   * @param parts of the wave
   * @param next all parts below are done
   * @param beyond parts above that are done too
   * @param begun of parts that are not done, how many of their orders are, the first ones; null in what an earlier release wrote
   * @param orders done
   * @param underWay orders being written: whether they are is not known
   */
  record Position(int parts, int next, SortedSet<Integer> beyond, @Nullable SortedMap<Integer, Long> begun, long orders, long underWay) {
    int done() {
      return next + beyond.size();
    }
  }

  /** @param done orders @param workedMillis without pauses and crashes */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record WaveReport(int wave, String what, long done, int parts, int partsDone, long workedMillis, Instant beganAt, @Nullable Instant endedAt) {}

  /**
   * @param share of the time it works now
   * @param workflowMillis p99 of the workflow, from a decision to the event log; null if too little goes on
   * @param limitMillis above it the share goes down; while the workflow is slow by itself, only above what it takes then and half as much, or three times this
   * @param medianMillis of the workflow too; null if too little goes on
   * @param medianLimitMillis above it the share goes down as well; null in what an earlier release wrote
   * @param listMillis p99 of the lists this instance was asked for; null if there were none
   * @param listLimitMillis above it the share goes down to a half; null in what an earlier release wrote
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Pressure(double share, @Nullable Long workflowMillis, long limitMillis, @Nullable Long medianMillis, @Nullable Long medianLimitMillis, @Nullable Long listMillis, @Nullable Long listLimitMillis) {}
}
