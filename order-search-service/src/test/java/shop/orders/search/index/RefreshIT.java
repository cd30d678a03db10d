package shop.orders.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.orders.search.TestOrders.order;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import shop.orders.search.HeldOrders;
import shop.orders.search.index.Generations.Building;
import shop.orders.testservers.TestServers;

/** What lists show of a generation that is read while it is filled. */
class RefreshIT {
  private static final List<String> QUARTERS = List.of("2021q1", "2022q2", "2022q3");

  private final HeldOrders orders = new HeldOrders();

  @Test
  void indicesBeingFilled_showWhatTheyGotLater_butForTheNewest() {
    TestIndex.run(TestServers.elasticsearch().uri(), orders, this::lookAfterEachStep);
  }

  private void lookAfterEachStep(AssertableApplicationContext context) {
    var generations = context.getBean(Generations.class);
    generations.update(Generations.State::begun);
    int generation = generations.update(all -> all.switched(Instant.now(), false)).read();
    var keys = Stream.of("2021-02-02", "2022-05-02", "2022-08-02").map(day -> orders.put(order("it-refresh", day).at(day + "T00:00:00Z").placed())).toList();
    context.getBean(Indexer.class).index(keys);
    try {
      assertThat(refreshed(context, generation)).as("nothing is complete").containsExactly(0L, 0L, 1L);
      generations.update(all -> all.with(new Building(generation, LocalDate.parse("2022-05-20"), false, false)));
      assertThat(refreshed(context, generation)).as("complete from a day in May 2022 on").containsExactly(0L, 1L, 1L);
      generations.update(all -> all.with(null));
      assertThat(refreshed(context, generation)).as("done").containsExactly(1L, 1L, 1L);
    } finally {
      context.getBean(Indices.class).delete(generation);
    }
  }

  /** @return orders shown in each quarter */
  private static List<Long> refreshed(AssertableApplicationContext context, int generation) {
    context.getBean(Indices.class).refresh();
    var client = context.getBean(ElasticsearchClient.class);
    return QUARTERS.stream().map(quarter -> count(client, "orders-g" + generation + "-" + quarter)).toList();
  }

  private static long count(ElasticsearchClient client, String index) {
    try {
      return client.count(c -> c.index(index)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
