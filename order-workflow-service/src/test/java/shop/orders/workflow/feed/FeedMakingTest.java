package shop.orders.workflow.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shop.orders.workflow.feed.FeedBench.ERP;
import static shop.orders.workflow.feed.FeedBench.UNNAMED;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import shop.orders.store.Cursors;
import shop.orders.store.Settings;
import shop.orders.store.StoreUnavailable;
import shop.orders.web.ApiError;
import tools.jackson.databind.json.JsonMapper;

/** A feed whose making is interrupted, and repeated as its client is told to. */
class FeedMakingTest {
  private enum Fault {
    NOT_WRITTEN,
    /** Written, and nobody was told. */
    UNKNOWN
  }

  private final FeedBench bench = new FeedBench();
  private final Instant start = bench.clock.instant();
  private final FeedConfigs configs = new FeedConfigs(faulty(Settings.class, bench.stores.settings(), "save"), JsonMapper.shared());
  private final FeedCells cells = new FeedCells(faulty(Cursors.class, bench.stores.cursors(), "replace"), JsonMapper.shared());
  private final Feeds feeds = new Feeds(configs, cells, bench.positions, bench.stores.eventLog(), bench.filters, bench.clock);
  private String failing = "";
  private Fault fault = Fault.NOT_WRITTEN;

  @Test
  void aPlaceThatWasNotWritten_isNotTheBeginningOfTheLog() {
    bench.appendOrders(5);
    for (var how : Fault.values()) {
      interrupted("replace", how, Optional.empty());
      make(Optional.empty());
      bench.append("new after " + how, "handling");
      assertThat(bench.read()).extracting(FeedItem::orderId).containsExactly("new after " + how);
      feeds.delete(UNNAMED);
    }
  }

  @Test
  void aConfigurationThatWasNotWritten_isWrittenByTheRepeatedRequest() {
    bench.appendOrders(5);
    for (var how : Fault.values()) {
      interrupted("save", how, Optional.empty());
      bench.append("between after " + how, "handling");
      make(Optional.empty());
      bench.append("new after " + how, "handling");
      assertThat(bench.read()).extracting(FeedItem::orderId).contains("new after " + how).doesNotContain("o0", "o4");
      feeds.delete(UNNAMED);
    }
  }

  @Test
  void aFeedThatStartsInThePast_startsThereWhenItsMakingIsRepeated() {
    bench.appendOrders(5);
    var from = Optional.<StartPoint>of(new StartPoint.Date(start.plusSeconds(2)));
    for (var writing : List.of("replace", "save")) {
      for (var how : Fault.values()) {
        interrupted(writing, how, from);
        make(from);
        assertThat(bench.read()).as("%s %s", writing, how).extracting(FeedItem::orderId).containsExactly("o2", "o3", "o4");
        assertThatThrownBy(() -> make(from)).as("it has delivered from there").isInstanceOf(ApiError.class).hasMessageContaining("rewind");
        feeds.delete(UNNAMED);
      }
    }
  }

  @Test
  void aFilterThatIsChanged_keepsThePlaceWhateverIsInterrupted() {
    bench.configure();
    bench.appendOrders(3);
    for (var writing : List.of("replace", "save")) {
      interrupted(writing, Fault.NOT_WRITTEN, Optional.empty());
      make(Optional.empty());
    }
    assertThat(bench.read()).extracting(FeedItem::orderId).containsExactly("o0", "o1", "o2");
  }

  private void interrupted(String writing, Fault how, Optional<StartPoint> from) {
    failing = writing;
    fault = how;
    assertThatThrownBy(() -> make(from)).isInstanceOf(StoreUnavailable.class);
    failing = "";
  }

  private void make(Optional<StartPoint> from) {
    feeds.configure(ERP, UNNAMED, new FeedConfigRequest(new FeedFilter.FromWorkflow(List.of()), Duration.ofSeconds(30), Duration.ofDays(4), from));
    bench.configs.reload(UNNAMED);
  }

  private <T> T faulty(Class<T> port, T real, String writing) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          boolean fails = method.getName().equals(writing) && failing.equals(writing);
          if (fails && fault == Fault.NOT_WRITTEN) throw new StoreUnavailable("planted", null);
          try {
            var answer = method.invoke(real, arguments);
            if (fails) throw new StoreUnavailable("planted", null);
            return answer;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
  }
}
