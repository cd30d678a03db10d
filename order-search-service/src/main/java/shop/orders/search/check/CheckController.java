package shop.orders.search.check;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.OrderKey;
import shop.orders.search.check.Checker.Depth;
import shop.orders.search.index.IndexContents;
import shop.orders.web.ApiError;
import shop.orders.web.JsonBody;
import tools.jackson.databind.JsonNode;

/** For the operator alone. */
@RestController
@RequestMapping("/operator/search/checks")
class CheckController {
  private final CheckJobs jobs;
  private final IndexContents contents;

  CheckController(CheckJobs jobs, IndexContents contents) {
    this.jobs = jobs;
    this.contents = contents;
  }

  /**
   * @param state running, done or failed
   * @param reason why it failed
   * @param complete whether all orders were in the index when it began, or on their way by ingest
   * @param completeSince those created since then were; null if all were, or nothing was sure
   * @param days pairs of account and day
   * @param found orders by cause, likewise {@code left}; causes without any are left out
   * @param clean whether nothing differs any more; null until it is done
   */
  record Shown(
      String id,
      String state,
      @Nullable String reason,
      @Nullable String account,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      boolean deep,
      boolean repair,
      boolean complete,
      @Nullable Instant completeSince,
      Instant begunAt,
      @Nullable Instant endedAt,
      long orders,
      long days,
      Map<String, Long> found,
      Map<String, Long> left,
      List<String> examples,
      @Nullable Boolean clean) {

    static Shown of(CheckJobs.Job job) {
      var scope = job.scope();
      var report = job.report();
      boolean complete = Instant.EPOCH.equals(job.completeSince());
      return new Shown(
          job.id(),
          word(job.state()),
          job.reason(),
          scope.account(),
          scope.from(),
          scope.to(),
          job.depth() == Depth.CONTENT,
          job.repair(),
          complete,
          complete ? null : job.completeSince(),
          job.begunAt(),
          job.endedAt(),
          report.orders(),
          report.days(),
          words(report.found()),
          words(report.left()),
          report.examples(),
          job.state() == CheckJobs.State.DONE ? report.isClean() : null);
    }

    private static Map<String, Long> words(Map<CheckReport.Cause, Long> counts) {
      var words = new TreeMap<String, Long>();
      counts.forEach((cause, count) -> words.put(word(cause), count));
      return words;
    }

    private static String word(Enum<?> value) {
      return value.name().toLowerCase(Locale.ROOT);
    }
  }

  /** Begins one; it goes on whether or not anybody asks after it. */
  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  Shown start(JsonBody json) {
    var body = json.optional();
    if (!body.isMissingNode() && !body.isObject()) throw ApiError.invalid("body", "The body must be an object: account, from, to, deep, repair, or none of them.");
    var account = text(body, "account");
    if (account != null && !OrderKey.isAccount(account)) throw ApiError.invalid("account", "The account name must be 1 to 60 of a-z, 0-9, _ and -.");
    var from = day(body, "from");
    var to = day(body, "to");
    if (from != null && to != null && to.isBefore(from)) throw ApiError.invalid("to", "to must not be before from.");
    var scope = new Scope(contents.readGeneration(), account, from, to);
    return jobs.start(scope, flag(body, "deep") ? Depth.CONTENT : Depth.SUMS, flag(body, "repair"))
        .map(Shown::of)
        .orElseThrow(() -> new ApiError(HttpStatus.CONFLICT, "OMS409", "A check is running: GET /operator/search/checks/current shows it."));
  }

  @GetMapping("/current")
  Shown current() {
    return jobs.last().map(Shown::of).orElseThrow(() -> new ApiError(HttpStatus.NOT_FOUND, "OMS404", "No check was asked for since this instance started."));
  }

  private static @Nullable String text(JsonNode body, String field) {
    var value = body.path(field);
    if (value.isMissingNode() || value.isNull()) return null;
    if (!value.isString()) throw ApiError.invalid(field, field + " must be a text.");
    return value.asString();
  }

  private static @Nullable LocalDate day(JsonNode body, String field) {
    var text = text(body, field);
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw ApiError.invalid(field, field + " must be a day like 2026-11-25.");
    }
  }

  private static boolean flag(JsonNode body, String field) {
    var value = body.path(field);
    if (value.isMissingNode() || value.isNull()) return false;
    if (!value.isBoolean()) throw ApiError.invalid(field, field + " must be true or false.");
    return value.asBoolean();
  }
}
