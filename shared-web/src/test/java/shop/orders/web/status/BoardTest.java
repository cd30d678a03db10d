package shop.orders.web.status;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.orders.web.status.Capability.FEED;
import static shop.orders.web.status.Capability.HOOKS;
import static shop.orders.web.status.Capability.INTAKE;
import static shop.orders.web.status.Capability.LOOKUP;
import static shop.orders.web.status.Capability.SEARCH;
import static shop.orders.web.status.Capability.WORKFLOW;
import static shop.orders.web.status.State.DEGRADED;
import static shop.orders.web.status.State.DOWN;
import static shop.orders.web.status.State.STALLED;
import static shop.orders.web.status.State.UNKNOWN;
import static shop.orders.web.status.State.UP;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final Instant NOW = Instant.parse("2026-11-25T21:10:00Z");
  private static final Instant AN_HOUR_AGO = NOW.minus(Duration.ofHours(1));
  private static final Duration CANARY_EVERY = Duration.ofSeconds(30);

  private final List<Report> reports = new ArrayList<>(List.of(workflow("w1"), search("s1")));

  @Test
  void everythingWell_isUp_andWhatIsNotBuiltIsUnknown() {
    assertThat(states()).isEqualTo(with(Map.of()));
  }

  @Test
  void oneFrozenShardOfTheSteps_stallsTheWorkflowAlone() {
    change("w1", "step/2", reading -> seen(NOW.minusSeconds(25)));
    assertThat(states()).isEqualTo(with(Map.of(WORKFLOW, STALLED)));
    assertThat(look().get(WORKFLOW)).isEqualTo(new Standing(STALLED, NOW.minusSeconds(25), "some orders are not moved on (step/2)"));
  }

  @Test
  void aShardThatNobodyHasTakenOver_isAbsent() {
    change("w1", "step/2", reading -> null);
    assertThat(look().get(WORKFLOW)).isEqualTo(new Standing(STALLED, AN_HOUR_AGO, "some orders are not moved on (step/2)"));
  }

  @Test
  void frozenShardThatAnotherInstanceTookOver_isWell() {
    change("w1", "step/2", reading -> seen(NOW.minusSeconds(300)));
    reports.add(new Report(Board.WORKFLOW_SERVICE, "w2", AN_HOUR_AGO, NOW, Map.of("step/2", seen(NOW), "intake", seen(NOW), "feed", seen(NOW), "lookup", seen(NOW))));
    assertThat(states()).isEqualTo(with(Map.of()));
  }

  @Test
  void twoInstancesThatCoverDifferentShards_areWell_andOneOfThemDeadIsNot() {
    reports.clear();
    reports.add(search("s1"));
    reports.add(part("w1", NOW, 0, 1));
    reports.add(part("w2", NOW, 2, 3));
    assertThat(states()).isEqualTo(with(Map.of()));

    reports.set(1, part("w1", NOW.minusSeconds(30), 0, 1));
    assertThat(states()).isEqualTo(with(Map.of(WORKFLOW, STALLED, FEED, STALLED, SEARCH, DEGRADED)));
    assertThat(look().get(WORKFLOW).cause()).isEqualTo("some orders are not moved on (step/0, step/1)");
  }

  @Test
  void frozenRelay_stallsTheFeed_andDegradesWhatHangsOnIt() {
    for (int shard = 0; shard < 4; shard++) change("w1", "relay/" + shard, reading -> seen(NOW.minusSeconds(25)));
    assertThat(states()).isEqualTo(with(Map.of(WORKFLOW, DEGRADED, FEED, STALLED, SEARCH, DEGRADED)));
    assertThat(look().get(FEED).cause()).isEqualTo("feeds of all accounts get no new events (relay/0, relay/1, relay/2, relay/3)");
  }

  @Test
  void workThatWaitsWhileNothingIsDone_stalls_andWhileSomethingIsDoneIsLate() {
    change("w1", "step/0", reading -> new Reading(NOW, NOW.minusSeconds(40), NOW.minusSeconds(35), null));
    assertThat(look().get(WORKFLOW)).isEqualTo(new Standing(STALLED, NOW.minusSeconds(35), "some orders are not moved on (step/0)"));

    change("w1", "step/0", reading -> new Reading(NOW, NOW.minusSeconds(40), NOW.minusSeconds(1), null));
    assertThat(look().get(WORKFLOW).state()).isEqualTo(UP);

    change("w1", "step/0", reading -> new Reading(NOW, NOW.minusSeconds(140), NOW.minusSeconds(1), null));
    assertThat(look().get(WORKFLOW)).isEqualTo(new Standing(DEGRADED, NOW.minusSeconds(140), "some orders are moved on late (step/0)"));
  }

  @Test
  void workflowServiceSilent_isDownForAllItDoes_andSearchGoesOn() {
    reports.set(0, aged(workflow("w1"), NOW.minusSeconds(21)));
    assertThat(states()).isEqualTo(with(Map.of(INTAKE, DOWN, WORKFLOW, DOWN, FEED, DOWN, LOOKUP, DOWN)));
    assertThat(look().get(WORKFLOW)).isEqualTo(new Standing(DOWN, NOW.minusSeconds(21), "the workflow service gives no sign of life"));
  }

  @Test
  void searchServiceSilent_isDownForSearchAlone() {
    reports.set(1, aged(search("s1"), NOW.minusSeconds(21)));
    assertThat(states()).isEqualTo(with(Map.of(SEARCH, DOWN)));
  }

  @Test
  void serviceNeverHeardOf_isGivenAMinute() {
    reports.remove(1);
    assertThat(Board.look(new Evidence(NOW.minusSeconds(30), null, reports, null), NOW, CANARY_EVERY)).doesNotContainKey(SEARCH);
    assertThat(look().get(SEARCH)).isEqualTo(new Standing(DOWN, AN_HOUR_AGO, "the search service was never started"));
  }

  @Test
  void processThatJustStarted_isGivenTimeToTakeItsShards_butNotForEver() {
    reports.set(0, new Report(Board.WORKFLOW_SERVICE, "w1", NOW.minusSeconds(8), NOW, Map.of()));
    assertThat(look()).doesNotContainKeys(INTAKE, WORKFLOW, FEED, LOOKUP);

    reports.set(0, new Report(Board.WORKFLOW_SERVICE, "w1", NOW.minusSeconds(46), NOW, Map.of()));
    assertThat(states()).isEqualTo(with(Map.of(INTAKE, DOWN, WORKFLOW, STALLED, FEED, DOWN, LOOKUP, DOWN, SEARCH, DEGRADED)));
  }

  @Test
  void processThatStartsAgainAndAgain_isSeen() {
    reports.set(0, aged(workflow("w0"), NOW.minusSeconds(50)));
    reports.add(new Report(Board.WORKFLOW_SERVICE, "w1", NOW.minusSeconds(8), NOW, Map.of()));
    assertThat(look().get(WORKFLOW).state()).isEqualTo(STALLED);
  }

  @Test
  void storeAway_isDownForAll() {
    var standings = Board.look(new Evidence(AN_HOUR_AGO, NOW.minusSeconds(9), reports, null), NOW, CANARY_EVERY);
    assertThat(List.of(INTAKE, WORKFLOW, FEED, LOOKUP, SEARCH))
        .allSatisfy(each -> assertThat(standings.get(each)).isEqualTo(new Standing(DOWN, NOW.minusSeconds(9), "the order store (Cassandra) does not answer")));
    assertThat(standings.get(HOOKS).state()).isEqualTo(UNKNOWN);
  }

  @Test
  void probeThatFails_isDown_andOnOneOfTwoInstancesDegraded() {
    change("w1", "intake", reading -> seen(NOW.minusSeconds(25)));
    assertThat(states()).isEqualTo(with(Map.of(INTAKE, DOWN)));
    assertThat(look().get(INTAKE).cause()).isEqualTo("the order store takes no writes");

    reports.add(workflow("w2"));
    assertThat(look().get(INTAKE)).isEqualTo(new Standing(DEGRADED, NOW.minusSeconds(25), "on 1 of 2 instances the order store takes no writes"));
  }

  @Test
  void elasticsearchAway_isDownForSearchAlone() {
    change("s1", "query", reading -> new Reading(NOW.minusSeconds(30), null, null, "connection refused"));
    assertThat(states()).isEqualTo(with(Map.of(SEARCH, DOWN)));
    assertThat(look().get(SEARCH)).isEqualTo(new Standing(DOWN, NOW.minusSeconds(30), "Elasticsearch does not answer (connection refused)"));
  }

  @Test
  void kafkaAway_leavesWorkflowUp_andSearchBehind() {
    for (int shard = 0; shard < 4; shard++) change("w1", "publish/" + shard, reading -> new Reading(NOW, NOW.minusSeconds(60), NOW.minusSeconds(61), "Kafka takes no events"));
    assertThat(states()).isEqualTo(with(Map.of(SEARCH, DEGRADED)));
    assertThat(look().get(SEARCH)).isEqualTo(new Standing(DEGRADED, NOW.minusSeconds(60), "changes of all accounts do not get through Kafka (Kafka takes no events)"));
  }

  @Test
  void kafkaAway_isSeenWhileNoOrdersFlow() {
    change("s1", "kafka", reading -> seen(NOW.minusSeconds(25)));
    assertThat(states()).isEqualTo(with(Map.of(SEARCH, DEGRADED)));
  }

  @Test
  void oneFrozenConsumerThread_stallsSearch() {
    change("s1", "ingest/1", reading -> seen(NOW.minusSeconds(25)));
    assertThat(look().get(SEARCH)).isEqualTo(new Standing(STALLED, NOW.minusSeconds(25), "it answers, but takes in no changes"));
  }

  @Test
  void indexBehindTheLog_isSeenWhateverTheServiceBelieves() {
    var standings = Board.look(new Evidence(AN_HOUR_AGO, null, reports, NOW.minusSeconds(90)), NOW, CANARY_EVERY);
    assertThat(standings.get(SEARCH)).isEqualTo(new Standing(DEGRADED, NOW.minusSeconds(90), "it does not show all changes made since then"));
    assertThat(Board.look(new Evidence(AN_HOUR_AGO, null, reports, NOW.minusSeconds(30)), NOW, CANARY_EVERY).get(SEARCH).state()).isEqualTo(UP);
  }

  @Test
  void indexThatIsNotWhole_isSaid() {
    change("s1", "fill", reading -> new Reading(NOW, AN_HOUR_AGO, NOW, "orders created before 2026-10-01 may be missing"));
    assertThat(look().get(SEARCH)).isEqualTo(new Standing(DEGRADED, NOW, "orders created before 2026-10-01 may be missing"));
  }

  @Test
  void workBesideSearch_degradesItWhenItStands() {
    change("s1", "reconcile", reading -> seen(NOW.minus(Duration.ofMinutes(11))));
    assertThat(look().get(SEARCH).cause()).isEqualTo("the index is not compared with the orders any more");
    change("s1", "reconcile", reading -> seen(NOW.minus(Duration.ofMinutes(9))));
    change("s1", "rebuild", reading -> new Reading(NOW, AN_HOUR_AGO, NOW.minus(Duration.ofMinutes(31)), null));
    assertThat(look().get(SEARCH).cause()).isEqualTo("the rebuild of the index does not go on");
  }

  @Test
  void canaryThatFailsForTwoRounds_degradesWhatItTried() {
    change("w1", "canary/feed", reading -> new Reading(NOW, null, NOW.minusSeconds(80), "no event within 20 s"));
    change("w1", "canary/invoice", reading -> new Reading(NOW, NOW.minusSeconds(80), null, null));
    change("w1", "canary/search", reading -> new Reading(NOW, null, NOW.minusSeconds(70), null));
    assertThat(states()).isEqualTo(with(Map.of(FEED, DEGRADED, WORKFLOW, DEGRADED)));
    assertThat(look().get(FEED)).isEqualTo(new Standing(DEGRADED, NOW.minusSeconds(80), "our test orders do not get through the stage \"feed\" (no event within 20 s)"));
    assertThat(look().get(WORKFLOW).cause()).isEqualTo("our test orders do not get through the stage \"invoice\"");
  }

  @Test
  void canaryThatIsSentMoreOften_isMissedSooner() {
    change("w1", "canary/feed", reading -> new Reading(NOW, null, NOW.minusSeconds(36), null));
    assertThat(states()).isEqualTo(with(Map.of()));
    var evidence = new Evidence(AN_HOUR_AGO, null, reports, null);
    assertThat(Board.look(evidence, NOW, Duration.ofSeconds(10)).get(FEED)).isEqualTo(new Standing(DEGRADED, NOW.minusSeconds(36), "our test orders do not get through the stage \"feed\""));
    assertThat(Board.look(evidence, NOW, Duration.ofSeconds(11)).get(FEED).state()).isEqualTo(UP);
  }

  @Test
  void canaryOfAProcessThatIsNoMore_orThatWorksElsewhere_isNoAlarm() {
    reports.add(new Report(Board.WORKFLOW_SERVICE, "w0", AN_HOUR_AGO, NOW.minusSeconds(90), Map.of("canary/feed", seen(NOW.minusSeconds(90)))));
    assertThat(states()).isEqualTo(with(Map.of()));
    change("w1", "canary/search", reading -> new Reading(NOW, null, NOW.minusSeconds(100), null));
    change("s1", "canary/search", reading -> new Reading(NOW, null, NOW.minusSeconds(10), null));
    assertThat(states()).isEqualTo(with(Map.of()));
  }

  private Map<Capability, Standing> look() {
    return Board.look(new Evidence(AN_HOUR_AGO, null, reports, null), NOW, CANARY_EVERY);
  }

  private Map<Capability, State> states() {
    var states = new TreeMap<Capability, State>();
    look().forEach((capability, standing) -> states.put(capability, standing.state()));
    return states;
  }

  /** All up, but for these. */
  private static Map<Capability, State> with(Map<Capability, State> others) {
    var states = new TreeMap<Capability, State>();
    for (var capability : Capability.values()) states.put(capability, capability.isOffered() ? UP : UNKNOWN);
    states.putAll(others);
    return states;
  }

  private void change(String process, String measure, UnaryOperator<@Nullable Reading> change) {
    reports.replaceAll(
        report -> {
          if (!report.process().equals(process)) return report;
          var measures = new TreeMap<>(report.measures());
          var reading = change.apply(measures.get(measure));
          if (reading == null) measures.remove(measure);
          else measures.put(measure, reading);
          return new Report(report.service(), report.process(), report.startedAt(), report.writtenAt(), measures);
        });
  }

  private static Report workflow(String process) {
    return part(process, NOW, 0, 1, 2, 3);
  }

  private static Report part(String process, Instant at, int... shards) {
    var measures = new TreeMap<String, Reading>();
    for (var probe : List.of("intake", "feed", "lookup")) measures.put(probe, seen(at));
    for (int shard : shards) for (var lane : List.of("step/", "relay/", "publish/")) measures.put(lane + shard, seen(at));
    return new Report(Board.WORKFLOW_SERVICE, process, AN_HOUR_AGO, at, measures);
  }

  private static Report search(String process) {
    var measures = new TreeMap<String, Reading>();
    for (var name : List.of("query", "kafka", "ingest/0", "ingest/1", "ingest/2", "refill", "fill", "rebuild", "reconcile")) measures.put(name, seen(NOW));
    return new Report(Board.SEARCH_SERVICE, process, AN_HOUR_AGO, NOW, measures);
  }

  private static Report aged(Report report, Instant at) {
    var measures = new TreeMap<String, Reading>();
    report.measures().keySet().forEach(name -> measures.put(name, seen(at)));
    return new Report(report.service(), report.process(), report.startedAt(), at, measures);
  }

  private static Reading seen(Instant at) {
    return new Reading(at, null, null, null);
  }
}
