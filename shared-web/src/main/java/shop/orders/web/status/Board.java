package shop.orders.web.status;

import static shop.orders.web.status.Progress.Limits.BACKGROUND;
import static shop.orders.web.status.Progress.Limits.USUAL;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import shop.orders.store.Lane;
import shop.orders.web.status.Progress.Finding;
import shop.orders.web.status.Progress.Pace;

/** Says how each capability stands, from what was found in the store and nothing else: the same in every process. Pure. */
final class Board {
  static final String WORKFLOW_SERVICE = "order-workflow-service";
  static final String SEARCH_SERVICE = "order-search-service";

  /** A process of a service that was never heard of is given this long to appear. */
  private static final Duration NEVER_HEARD = Duration.ofSeconds(60);

  /** Search saves how far it is every ten seconds. */
  private static final Duration BEHIND = Duration.ofSeconds(60);

  /** Beyond two of its rounds: a round lasts, and its result is told some seconds later. */
  private static final Duration CANARY_LATE = Duration.ofSeconds(15);

  /** What search does beside answering and following, and what it means when it does not. */
  private static final Map<String, String> BACKGROUND_WORK = new LinkedHashMap<>();

  static {
    BACKGROUND_WORK.put("refill", "what Kafka lost is not being indexed");
    BACKGROUND_WORK.put("fill", "an index that lacks orders is not being filled");
    BACKGROUND_WORK.put("rebuild", "the rebuild of the index does not go on");
    BACKGROUND_WORK.put("reconcile", "the index is not compared with the orders any more");
  }

  private final Evidence evidence;
  private final Instant now;
  private final Duration canaryMissed;
  private final Progress workflow;
  private final Progress search;

  private Board(Evidence evidence, Instant now, Duration canaryEvery) {
    this.evidence = evidence;
    this.now = now;
    this.canaryMissed = canaryEvery.multipliedBy(2).plus(CANARY_LATE);
    this.workflow = new Progress(evidence.reports(), WORKFLOW_SERVICE, now);
    this.search = new Progress(evidence.reports(), SEARCH_SERVICE, now);
  }

  /**
   * @param canaryEvery from one canary order to the next
   * @return without the capabilities of which nothing can be said yet: they stand as they stood
   */
  static Map<Capability, Standing> look(Evidence evidence, Instant now, Duration canaryEvery) {
    var board = new Board(evidence, now, canaryEvery);
    var standings = new EnumMap<Capability, Standing>(Capability.class);
    for (var capability : Capability.values()) {
      var standing = board.standing(capability);
      if (standing != null) standings.put(capability, standing);
    }
    return standings;
  }

  private @Nullable Standing standing(Capability capability) {
    if (!capability.isOffered()) return new Standing(State.UNKNOWN, now, "");
    if (evidence.storeAwaySince() != null) return new Standing(State.DOWN, evidence.storeAwaySince(), "the order store (Cassandra) does not answer");
    var service = capability == Capability.SEARCH ? search : workflow;
    if (!service.isAlive()) return silent(service, capability == Capability.SEARCH ? "search" : "workflow");
    var troubles =
        switch (capability) {
          case INTAKE -> troublesOfProbe("intake", "the order store takes no writes");
          case WORKFLOW -> troublesOfWorkflow();
          case FEED -> troublesOfFeed();
          case LOOKUP -> troublesOfProbe("lookup", "the order store does not give orders");
          case SEARCH -> troublesOfSearch();
          case HOOKS, EXPORT -> throw new IllegalStateException("not offered");
        };
    troubles.addAll(troublesOfCanary(capability));
    var worst = troubles.stream().max(Comparator.comparing(Standing::state)).orElseGet(() -> new Standing(State.UP, now, ""));
    return worst.state() == State.UNKNOWN ? null : worst;
  }

  private @Nullable Standing silent(Progress service, String name) {
    var heard = service.heardAt();
    if (heard.isPresent()) return new Standing(State.DOWN, heard.get(), "the " + name + " service gives no sign of life");
    if (evidence.watchedSince().isAfter(now.minus(NEVER_HEARD))) return null;
    return new Standing(State.DOWN, evidence.watchedSince(), "the " + name + " service was never started");
  }

  private List<Standing> troublesOfWorkflow() {
    var troubles = new ArrayList<Standing>();
    shards(troubles, Lane.STEP, State.STALLED, "%s orders are not moved on", "%s orders are moved on late");
    shards(troubles, Lane.RELAY, State.DEGRADED, "what happens to orders of %s accounts is not told to feed and search", "what happens to orders of %s accounts is told late to feed and search");
    return troubles;
  }

  private List<Standing> troublesOfFeed() {
    var troubles = troublesOfProbe("feed", "the event log cannot be read");
    shards(troubles, Lane.RELAY, State.STALLED, "feeds of %s accounts get no new events", "feeds of %s accounts get new events late");
    return troubles;
  }

  private List<Standing> troublesOfSearch() {
    var troubles = troublesOfProbe("query", "Elasticsearch does not answer");
    for (var found : search.each("ingest", USUAL)) {
      add(troubles, switch (found.pace()) {
        case ABSENT -> new Standing(State.STALLED, found.since(), "it answers, but takes in no changes" + note(found));
        case STANDS, LATE -> new Standing(State.DEGRADED, found.since(), "it shows no changes since then" + note(found));
        case UNDECIDED -> undecided();
        case WELL -> null;
      });
    }
    if (workflow.isAlive()) {
      shards(troubles, Lane.PUBLISH, State.DEGRADED, "changes of %s accounts do not get through Kafka", "changes of %s accounts get through Kafka late");
      shards(troubles, Lane.RELAY, State.DEGRADED, "changes of %s accounts do not reach it", "changes of %s accounts reach it late");
    }
    search.each("kafka", USUAL).stream().filter(found -> found.is(Pace.ABSENT)).forEach(found -> troubles.add(new Standing(State.DEGRADED, found.since(), "Kafka does not answer, so it shows no changes since then")));
    var behind = evidence.unindexedSince();
    if (behind != null && behind.isBefore(now.minus(BEHIND))) troubles.add(new Standing(State.DEGRADED, behind, "it does not show all changes made since then"));
    BACKGROUND_WORK.forEach((measure, meaning) -> search.each(measure, BACKGROUND).stream().filter(found -> found.is(Pace.ABSENT, Pace.STANDS)).forEach(found -> troubles.add(new Standing(State.DEGRADED, found.since(), meaning + note(found)))));
    search.each("fill", BACKGROUND).stream().filter(found -> found.is(Pace.WELL) && found.note() != null).forEach(found -> troubles.add(new Standing(State.DEGRADED, now, Objects.requireNonNull(found.note()))));
    return troubles;
  }

  /** Every process of the service tries it by itself. */
  private List<Standing> troublesOfProbe(String measure, String meaning) {
    var service = measure.equals("query") ? search : workflow;
    var found = service.each(measure, USUAL);
    var failing = found.stream().filter(each -> each.is(Pace.ABSENT)).toList();
    var troubles = new ArrayList<Standing>();
    if (failing.size() == found.size()) {
      var last = failing.stream().max(Comparator.comparing(Finding::since)).orElseThrow();
      troubles.add(new Standing(State.DOWN, last.since(), meaning + note(last)));
    } else if (!failing.isEmpty()) {
      var first = failing.get(0);
      troubles.add(new Standing(State.DEGRADED, first.since(), "on " + failing.size() + " of " + found.size() + " instances " + meaning + note(first)));
    } else if (found.stream().allMatch(each -> each.is(Pace.UNDECIDED))) {
      troubles.add(undecided());
    }
    return troubles;
  }

  /**
   * One trouble for all shards of a lane that are not well.
   *
   * @param standing the state when one stands still; when it is late the capability is degraded
   * @param stands what that means, with a place for "all" or "some"
   */
  private void shards(List<Standing> troubles, Lane lane, State standing, String stands, String late) {
    var name = lane.word() + "/";
    var ill = new TreeMap<String, Finding>();
    for (int shard = 0; shard < Lane.SHARDS; shard++) {
      var found = workflow.shared(name + shard, USUAL);
      if (found.is(Pace.UNDECIDED)) troubles.add(undecided());
      else if (!found.is(Pace.WELL)) ill.put(name + shard, found);
    }
    if (ill.isEmpty()) return;
    var worst = ill.values().stream().max(Comparator.comparing(Finding::pace).thenComparing(Finding::since, Comparator.reverseOrder())).orElseThrow();
    var words = (worst.is(Pace.LATE) ? late : stands).formatted(ill.size() == Lane.SHARDS ? "all" : "some");
    var which = worst.note() == null ? String.join(", ", ill.keySet()) : worst.note();
    troubles.add(new Standing(worst.is(Pace.LATE) ? State.DEGRADED : standing, worst.since(), words + " (" + which + ")"));
  }

  private List<Standing> troublesOfCanary(Capability capability) {
    var alive = evidence.reports().stream().filter(report -> !report.writtenAt().isBefore(now.minus(Progress.SILENT))).toList();
    var troubles = new ArrayList<Standing>();
    for (var stage : CanaryStage.values()) {
      if (stage.capability != capability) continue;
      var readings = alive.stream().map(report -> report.measures().get(stage.measure())).filter(Objects::nonNull).toList();
      Function<Reading, Instant> good = reading -> reading.lastDone() != null ? reading.lastDone() : reading.oldestOpen() != null ? reading.oldestOpen() : reading.seenAt();
      readings.stream()
          .max(Comparator.comparing(good))
          .filter(last -> good.apply(last).isBefore(now.minus(canaryMissed)))
          .ifPresent(last -> troubles.add(new Standing(State.DEGRADED, good.apply(last), "our test orders do not get through the stage \"" + stage.word() + "\"" + (last.note() == null ? "" : " (" + last.note() + ")"))));
    }
    return troubles;
  }

  private static void add(List<Standing> troubles, @Nullable Standing trouble) {
    if (trouble != null) troubles.add(trouble);
  }

  /** Worse than nothing, better than any trouble. */
  private Standing undecided() {
    return new Standing(State.UNKNOWN, now, "");
  }

  private static String note(Finding found) {
    return found.note() == null ? "" : " (" + found.note() + ")";
  }
}
