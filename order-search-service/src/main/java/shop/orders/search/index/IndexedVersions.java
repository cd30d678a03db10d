package shop.orders.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import shop.orders.model.OrderKey;

/** Which orders a generation holds, and in which version. Safe for use by many threads. */
public class IndexedVersions {
  /** What one request asks for. */
  private static final int MOST = 1_000;

  private final ElasticsearchClient client;

  IndexedVersions(ElasticsearchClient client) {
    this.client = client;
  }

  /** What was written before this is found by {@link #of} after it. @throws IndexUnavailable if the index does not answer */
  public void settle(int generation) {
    try {
      client.indices().refresh(r -> r.index(IndexName.allOf(generation)).allowNoIndices(true));
    } catch (IOException | ElasticsearchException e) {
      throw new IndexUnavailable("generation " + generation + " cannot be refreshed: " + Refusal.of(e), e);
    }
  }

  /**
   * @return the orders' own versions; what is not there is left out
   * @throws IndexUnavailable if the index does not give a whole answer
   */
  public Map<OrderKey, Long> of(int generation, Collection<OrderKey> keys) {
    var all = List.copyOf(keys);
    var versions = new HashMap<OrderKey, Long>();
    for (int from = 0; from < all.size(); from += MOST) add(generation, all.subList(from, Math.min(all.size(), from + MOST)), versions);
    return versions;
  }

  private void add(int generation, List<OrderKey> keys, Map<OrderKey, Long> versions) {
    var byId = new HashMap<String, OrderKey>();
    keys.forEach(key -> byId.put(IndexDocument.id(key), key));
    try {
      var answer =
          client.search(
              s ->
                  s.index(IndexName.allOf(generation))
                      .allowNoIndices(true)
                      .allowPartialSearchResults(false)
                      .query(q -> q.ids(i -> i.values(List.copyOf(byId.keySet()))))
                      .size(keys.size())
                      .source(f -> f.fetch(false))
                      .version(true),
              Void.class);
      for (var hit : answer.hits().hits()) versions.put(byId.get(hit.id()), IndexDocument.orderVersion(Objects.requireNonNull(hit.version())));
    } catch (IOException | ElasticsearchException e) {
      throw new IndexUnavailable("versions of orders were not told: " + Refusal.of(e), e);
    }
  }
}
