package shop.orders.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch.indices.IndexSettings;
import java.io.IOException;

/** How an index is set up while it is being filled. Afterwards it has what the template says, the operator's own part included, and is flushed. */
enum QuickSettings {
  /** Nobody can rely on it yet: copied nowhere, made searchable rarely. */
  UNREAD,

  /** Lists are answered from a part of it, and make it searchable when they are asked for: each time costs as much as some hundred documents. */
  READ_IN_PART,

  /** As usual. */
  NONE;

  /** Nobody else would choose it. */
  private static final String REFRESH = "31s";

  /** Of an index that is made. */
  static final IndexSettings QUICK = IndexSettings.of(s -> s.refreshInterval(t -> t.time(REFRESH)).autoExpandReplicas("false").numberOfReplicas("0"));

  static QuickSettings of(IndexSettings settings) {
    var refresh = settings.refreshInterval();
    if (refresh == null || !REFRESH.equals(refresh.time())) return NONE;
    return "false".equals(settings.autoExpandReplicas()) && "0".equals(settings.numberOfReplicas()) ? UNREAD : READ_IN_PART;
  }

  /** @param usual what an index of ours has, each of them or null @return whether every node knows */
  boolean set(ElasticsearchClient client, IndexName index, IndexSettings usual) throws IOException {
    var settings =
        switch (this) {
          case UNREAD -> QUICK;
          case READ_IN_PART -> asUsual(usual).refreshInterval(t -> t.time(REFRESH)).build();
          case NONE -> asUsual(usual).build();
        };
    // All it was filled with is in its translog, and would be read again after a crash: for as long as filling it took. A closed one has none.
    if (this == NONE) client.indices().flush(f -> f.index(index.name()).ignoreUnavailable(true));
    return client.indices().putSettings(s -> s.index(index.name()).settings(settings)).acknowledged();
  }

  private static IndexSettings.Builder asUsual(IndexSettings usual) {
    var settings = new IndexSettings.Builder().autoExpandReplicas(usual.autoExpandReplicas() == null ? "false" : usual.autoExpandReplicas());
    if (usual.refreshInterval() != null) settings.refreshInterval(usual.refreshInterval());
    if (usual.numberOfReplicas() != null) settings.numberOfReplicas(usual.numberOfReplicas());
    return settings;
  }
}
