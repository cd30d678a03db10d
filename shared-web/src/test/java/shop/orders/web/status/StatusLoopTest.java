package shop.orders.web.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import shop.orders.store.Settings;
import shop.orders.store.StoreUnavailable;
import shop.orders.store.TestClock;
import shop.orders.store.memory.InMemoryStore;

/** Two processes that watch each other through one store. */
class StatusLoopTest {
  private static final Instant START = Instant.parse("2026-11-25T21:00:00Z");
  private static final Duration ROUND = Duration.ofSeconds(5);

  private final TestClock clock = new TestClock(START);
  private final InMemoryStore store = new InMemoryStore(clock);
  private final Service workflow = new Service(Board.WORKFLOW_SERVICE, List.of("intake", "feed", "lookup", "step/0", "step/1", "step/2", "step/3", "relay/0", "relay/1", "relay/2", "relay/3", "publish/0", "publish/1", "publish/2", "publish/3"));
  private final Service search = new Service(Board.SEARCH_SERVICE, List.of("query", "kafka", "ingest/0", "refill", "fill", "rebuild", "reconcile"));

  @Test
  void bothServicesTellTheSame_andAChangeCountsWhenSeenTwice() {
    rounds(1, workflow, search);
    assertThat(workflow.state("workflow")).isEqualTo(State.UNKNOWN);
    rounds(3, workflow, search);
    assertThat(workflow.loop.view().capabilities()).isEqualTo(search.loop.view().capabilities());
    assertThat(search.state("workflow")).isEqualTo(State.UP);
    assertThat(search.state("search")).isEqualTo(State.UP);
  }

  @Test
  void frozenWorkflow_isSeenBySearchWithinAMinute_andTheReverse() {
    rounds(4, workflow, search);
    rounds(7, search);
    assertThat(search.state("workflow")).isEqualTo(State.DOWN);
    assertThat(search.sentence("workflow")).startsWith("Order processing is down since 21:00 UTC: the workflow service gives no sign of life.");

    rounds(4, workflow, search);
    assertThat(search.state("workflow")).isEqualTo(State.UP);

    rounds(7, workflow);
    assertThat(workflow.state("search")).isEqualTo(State.DOWN);
    assertThat(workflow.state("workflow")).isEqualTo(State.UP);
    assertThat(workflow.sentence("workflow")).contains("It does not need search");
  }

  @Test
  void sinceAndHistory_areTheSameInBoth_andOutliveThem() {
    rounds(4, workflow, search);
    workflow.silent = List.of("step/1");
    rounds(8, workflow, search);
    workflow.silent = List.of();
    rounds(4, workflow, search);

    assertThat(changesOf(workflow, "workflow")).containsExactly(State.UP, State.STALLED, State.UP);
    assertThat(search.loop.history()).isEqualTo(workflow.loop.history());
    assertThat(search.loop.history().changes()).anySatisfy(change -> assertThat(change.sentence()).contains("some orders are not moved on (step/1)"));

    var again = new Service(Board.SEARCH_SERVICE, search.names);
    again.round();
    assertThat(again.loop.history().changes()).containsExactlyElementsOf(workflow.loop.history().changes());
    assertThat(again.loop.view().capabilities()).isEqualTo(workflow.loop.view().capabilities());
  }

  @Test
  void storeAway_isToldFromMemory_andWrittenDownOnceWhenItIsBack() {
    rounds(4, workflow, search);
    workflow.away = true;
    search.away = true;
    rounds(3, workflow, search);
    for (var capability : List.of("intake", "workflow", "feed", "lookup", "search")) {
      assertThat(workflow.state(capability)).isEqualTo(State.DOWN);
      assertThat(search.sentence(capability)).contains("the order store (Cassandra) does not answer");
    }
    workflow.away = false;
    search.away = false;
    rounds(4, workflow, search);
    assertThat(changesOf(search, "intake")).containsExactly(State.UP, State.DOWN, State.UP);
    assertThat(search.loop.history()).isEqualTo(workflow.loop.history());
  }

  @Test
  void changesOfOneMoment_areToldTheLaterOneFirst() {
    var history = new StatusHistory(store.stores().cursors());
    for (var state : List.of(State.DEGRADED, State.DOWN)) history.changed(Capability.SEARCH, new StatusHistory.Change(state, clock.instant(), "cause", state.name()));
    history.agree(Capability.SEARCH, new StatusHistory.Change(State.DOWN, clock.instant(), "cause", ""));
    workflow.round();
    assertThat(changesOf(workflow, "search")).containsExactly(State.DEGRADED, State.DOWN);
  }

  @Test
  void statusThatIsNotFoundOutAnyMore_isNotTold() {
    rounds(4, workflow, search);
    clock.advance(Duration.ofSeconds(61));
    assertThat(workflow.state("workflow")).isEqualTo(State.UNKNOWN);
    assertThat(workflow.sentence("workflow")).isEqualTo("Order processing: not known yet, ask again in a minute.");
  }

  private void rounds(int count, Service... services) {
    for (int i = 0; i < count; i++) {
      clock.advance(ROUND);
      for (var service : services) service.round();
    }
  }

  private static List<State> changesOf(Service service, String capability) {
    var newestFirst = service.loop.history().changes().stream().filter(change -> change.capability().equals(capability)).map(HistoryView.ChangeView::state).toList();
    var oldestFirst = new ArrayList<>(newestFirst);
    Collections.reverse(oldestFirst);
    return oldestFirst;
  }

  /** One process. */
  private final class Service {
    final List<String> names;
    final Measures measures = new Measures(clock);
    final StatusLoop loop;
    List<String> silent = List.of();
    boolean away;

    Service(String name, List<String> names) {
      this.names = names;
      var stores = store.stores();
      var lag = new IndexLag(stores.settings(), stores.cursors(), stores.eventLog());
      loop = new StatusLoop(measures, new Reports(new MayBeAway(stores.settings())), lag, new StatusHistory(stores.cursors()), (evidence, all) -> {}, name, ROUND, Duration.ofSeconds(30), clock);
    }

    void round() {
      for (var name : names) if (!silent.contains(name)) measures.of(name).idle();
      loop.round();
    }

    State state(String capability) {
      return one(capability).state();
    }

    String sentence(String capability) {
      return one(capability).sentence();
    }

    private StatusView.CapabilityView one(String capability) {
      return loop.view().capabilities().stream().filter(each -> each.name().equals(capability)).findFirst().orElseThrow();
    }

    private final class MayBeAway implements Settings {
      private final Settings settings;

      MayBeAway(Settings settings) {
        this.settings = settings;
      }

      private Settings reached() {
        if (away) throw new StoreUnavailable("tried", null);
        return settings;
      }

      @Override
      public Optional<String> find(Kind kind, String scope, String name) {
        return reached().find(kind, scope, name);
      }

      @Override
      public void save(Kind kind, String scope, String name, String json) {
        reached().save(kind, scope, name, json);
      }

      @Override
      public void delete(Kind kind, String scope, String name) {
        reached().delete(kind, scope, name);
      }

      @Override
      public Map<String, String> list(Kind kind, String scope) {
        return reached().list(kind, scope);
      }
    }
  }
}
