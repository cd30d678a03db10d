package shop.orders.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.orders.search.TestOrders.order;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import shop.orders.model.OrderKey;
import shop.orders.search.HeldOrders;
import shop.orders.testservers.TestServers;
import tools.jackson.databind.json.JsonMapper;

class IndexContentsIT {
  /** No other test's quarter. */
  private static final LocalDate FIRST = LocalDate.parse("2013-04-01");

  private static final LocalDate LAST = LocalDate.parse("2013-06-30");
  private static final String INDEX = "orders-g1-2013q2";

  private final HeldOrders orders = new HeldOrders();

  @Test
  void sums_areTheSame_howeverFewDocumentsOneRequestMayLookAt() {
    TestIndex.run(TestServers.elasticsearch().uri(), orders, context -> {
      var keys = new ArrayList<OrderKey>();
      for (int i = 0; i < 120; i++) keys.add(orders.put(order(i % 3 == 0 ? "sums-a" : "sums-b", "v" + i + "-01").at(FIRST.plusDays(i * 7 % 91) + (i % 2 == 0 ? "T00:00:00Z" : "T23:59:59.999Z")).placed()));
      context.getBean(Indexer.class).index(keys);
      var client = context.getBean(ElasticsearchClient.class);
      var strange = new HashMap<String, Object>(Map.of("account", "sums-a", "hashHigh", 5, "hashLow", 7));
      client.index(i -> i.index(INDEX).id("undated").document(strange));
      for (var day : List.of(FIRST.minusDays(1), FIRST.minusYears(60), LAST.plusDays(1), LAST.plusYears(300))) {
        strange.put("creationDate", day.toEpochDay() * 86_400_000L);
        client.index(i -> i.index(INDEX).id("of " + day).document(strange).refresh(Refresh.True));
      }

      var whole = new Asked(contents(context, 1_000));
      var parts = new Asked(contents(context, 3));
      for (var account : new String[] {null, "sums-a"}) {
        for (var from : new LocalDate[] {null, FIRST.plusDays(20), FIRST.minusDays(1)}) {
          for (var to : new LocalDate[] {null, FIRST.plusDays(50), LAST.plusDays(1)}) {
            assertThat(parts.sums(account, from, to)).as("%s %s %s", account, from, to).isEqualTo(whole.sums(account, from, to)).isNotEmpty();
          }
        }
      }
      var all = whole.sums(null, null, null);
      assertThat(all.values().stream().mapToLong(DaySum::count).sum()).isGreaterThanOrEqualTo(125);
      assertThat(all).containsEntry(new AccountDay("sums-a", null), new DaySum(1, 5, 7)).containsEntry(new AccountDay("sums-a", LAST.plusYears(300)), new DaySum(1, 5, 7));
      whole.requests.set(0);
      parts.requests.set(0);
      whole.sums("sums-b", null, null);
      parts.sums("sums-b", null, null);
      assertThat(parts.requests.get()).isGreaterThan(whole.requests.get() + 80 / 3);
    });
  }

  private static IndexContents contents(ApplicationContext context, int atOnce) {
    var pages = new DocumentPages(context.getBean(Rest5Client.class), JsonMapper.builder().build());
    return new IndexContents(context.getBean(ElasticsearchClient.class), pages, context.getBean(Generations.class), atOnce);
  }

  private record Asked(IndexContents contents, AtomicInteger requests) {
    Asked(IndexContents contents) {
      this(contents, new AtomicInteger());
    }

    Map<AccountDay, DaySum> sums(@Nullable String account, @Nullable LocalDate from, @Nullable LocalDate to) {
      return contents.sums(1, account, from, to, requests::incrementAndGet);
    }
  }
}
