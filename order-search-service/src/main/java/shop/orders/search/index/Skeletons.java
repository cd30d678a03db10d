package shop.orders.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import shop.orders.model.OrderKey;

/** Orders that are in the index with ids, dates, status and total only. Safe for use by many threads. */
public class Skeletons {
  private final ElasticsearchClient client;

  Skeletons(ElasticsearchClient client) {
    this.client = client;
  }

  /** @param since when the reason was first found, by the clock of who found it; null in documents of older releases */
  public record Skeleton(OrderKey key, String reason, @Nullable Instant since) {}

  /**
   * In the order of account and order id.
   *
   * @param account null for everybody's
   * @param from only what comes after it; null to begin
   * @param most 1 to 1,000
   * @throws IndexUnavailable if the index does not give a whole answer
   */
  public List<Skeleton> after(@Nullable String account, @Nullable OrderKey from, int most) {
    try {
      var answer =
          client.search(
              s -> {
                s.index(IndexName.READ_ALIAS)
                    .ignoreUnavailable(true)
                    .allowPartialSearchResults(false)
                    .source(f -> f.filter(i -> i.includes("account", "orderId", "problem", "problemSince")))
                    .query(
                        q ->
                            q.bool(
                                b -> {
                                  b.filter(f -> f.exists(e -> e.field("problem")));
                                  if (account != null) b.filter(f -> f.term(t -> t.field("account").value(account)));
                                  return b;
                                }))
                    .sort(o -> o.field(f -> f.field("account").order(SortOrder.Asc)))
                    .sort(o -> o.field(f -> f.field("orderId").order(SortOrder.Asc)))
                    .size(most);
                if (from != null) s.searchAfter(List.of(FieldValue.of(from.account()), FieldValue.of(from.orderId())));
                return s;
              },
              Source.class);
      return answer.hits().hits().stream().map(Hit::source).map(Objects::requireNonNull).map(Source::skeleton).toList();
    } catch (IOException | ElasticsearchException e) {
      throw new IndexUnavailable("orders with problems cannot be listed: " + Refusal.of(e), e);
    }
  }

  /** What is fetched of a document. */
  record Source(String account, String orderId, String problem, @Nullable Long problemSince) {
    Skeleton skeleton() {
      return new Skeleton(new OrderKey(account, orderId), problem, problemSince == null ? null : Instant.ofEpochMilli(problemSince));
    }
  }
}
