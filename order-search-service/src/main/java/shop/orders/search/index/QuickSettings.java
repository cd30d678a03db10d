package shop.orders.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch.indices.IndexSettings;
import java.io.IOException;

/**
 * How an index is set up while it is filled and nobody can rely on it yet: copied nowhere, made searchable rarely. Afterwards it has what
 * the template says, the operator's own part included.
 */
final class QuickSettings {
  private static final String REFRESH = "30s";

  static final IndexSettings QUICK = IndexSettings.of(s -> s.refreshInterval(t -> t.time(REFRESH)).autoExpandReplicas("false").numberOfReplicas("0"));

  private QuickSettings() {}

  static boolean are(IndexSettings settings) {
    var refresh = settings.refreshInterval();
    return refresh != null && REFRESH.equals(refresh.time()) && "false".equals(settings.autoExpandReplicas()) && "0".equals(settings.numberOfReplicas());
  }

  static boolean set(ElasticsearchClient client, IndexName index) throws IOException {
    return client.indices().putSettings(s -> s.index(index.name()).settings(QUICK)).acknowledged();
  }

  /** @param usual what an index of ours has, each of them or null */
  static boolean unset(ElasticsearchClient client, IndexName index, IndexSettings usual) throws IOException {
    var settings =
        IndexSettings.of(
            s -> {
              if (usual.refreshInterval() != null) s.refreshInterval(usual.refreshInterval());
              if (usual.numberOfReplicas() != null) s.numberOfReplicas(usual.numberOfReplicas());
              return s.autoExpandReplicas(usual.autoExpandReplicas() == null ? "false" : usual.autoExpandReplicas());
            });
    return client.indices().putSettings(s -> s.index(index.name()).settings(settings)).acknowledged();
  }
}
