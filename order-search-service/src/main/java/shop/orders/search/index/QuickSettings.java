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

  static boolean unset(ElasticsearchClient client, IndexName index) throws IOException {
    var made = client.indices().simulateIndexTemplate(s -> s.name(index.name())).template().settings();
    var template = made.index() == null ? made : made.index();
    var settings =
        IndexSettings.of(
            s -> {
              s.refreshInterval(template.refreshInterval());
              if (template.numberOfReplicas() != null) s.numberOfReplicas(template.numberOfReplicas());
              return template.autoExpandReplicas() == null ? s.autoExpandReplicas("false") : s.autoExpandReplicas(template.autoExpandReplicas());
            });
    return client.indices().putSettings(s -> s.index(index.name()).settings(settings)).acknowledged();
  }
}
