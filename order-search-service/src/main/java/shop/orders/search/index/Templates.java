package shop.orders.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch.indices.IndexSettings;
import co.elastic.clients.json.JsonData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every index is made of, as Elasticsearch keeps it: template {@code orders} of {@code orders@settings}, {@code orders@mappings} and,
 * if the operator made one, {@code orders@custom}, which outranks the others. Safe for use by many threads and processes.
 */
class Templates {
  private static final Logger log = LoggerFactory.getLogger(Templates.class);

  /** Raise it with every change to {@code orders-index.json}: a newer one replaces an older one, never the other way round. */
  static final int VERSION = 3;

  private static final String DEFINITION = "orders-index.json";
  private static final String TEMPLATE = "orders";
  private static final String SETTINGS = "orders@settings";
  private static final String MAPPINGS = "orders@mappings";
  private static final String CUSTOM = "orders@custom";

  private final ElasticsearchClient client;
  private final int shards;
  private final String mappings;
  private final Map<String, String> components;
  private final String template;

  Templates(ElasticsearchClient client, JsonMapper json, int shards) {
    this.client = client;
    this.shards = shards;
    ObjectNode tree;
    try (var in = Objects.requireNonNull(Templates.class.getResourceAsStream(DEFINITION))) {
      tree = (ObjectNode) json.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ((ObjectNode) tree.get("settings").get("index")).put("number_of_shards", shards);
    this.mappings = tree.get("mappings").toString();
    var meta = Map.of("version", VERSION, "shards", shards);
    this.components =
        Map.of(
            SETTINGS, json.writeValueAsString(Map.of("template", Map.of("settings", tree.get("settings")), "_meta", meta)),
            MAPPINGS, json.writeValueAsString(Map.of("template", Map.of("mappings", tree.get("mappings")), "_meta", meta)));
    this.template =
        json.writeValueAsString(
            Map.of(
                "index_patterns", List.of("orders-g*"),
                "composed_of", List.of(SETTINGS, MAPPINGS, CUSTOM),
                "ignore_missing_component_templates", List.of(CUSTOM),
                "priority", 500,
                "_meta", meta));
  }

  /** The mapping, for whoever must not depend on the template being there. */
  InputStream mappings() {
    return stream(mappings);
  }

  /** Puts what is missing or older. */
  void ensure() throws IOException {
    for (var component : components.entrySet()) {
      if (isCurrent(meta(component.getKey(), true))) continue;
      client.cluster().putComponentTemplate(c -> c.name(component.getKey()).withJson(stream(component.getValue())));
      log.info("component template {} put", component.getKey());
    }
    if (isCurrent(meta(TEMPLATE, false))) return;
    client.indices().putIndexTemplate(t -> t.name(TEMPLATE).withJson(stream(template)));
    log.info("index template {} put", TEMPLATE);
  }

  /** What of an index's settings a rebuild changes for a while, as an index gets them: the operator's part outranks ours. */
  IndexSettings settings() throws IOException {
    var ours = settings(SETTINGS);
    var custom = settings(CUSTOM);
    boolean replicas = custom.numberOfReplicas() != null || custom.autoExpandReplicas() != null;
    return IndexSettings.of(
        s ->
            s.refreshInterval(custom.refreshInterval() == null ? ours.refreshInterval() : custom.refreshInterval())
                .numberOfReplicas(replicas ? custom.numberOfReplicas() : ours.numberOfReplicas())
                .autoExpandReplicas(replicas ? custom.autoExpandReplicas() : ours.autoExpandReplicas()));
  }

  private IndexSettings settings(String component) throws IOException {
    var none = IndexSettings.of(s -> s);
    try {
      var settings = client.cluster().getComponentTemplate(g -> g.name(component)).componentTemplates().get(0).componentTemplate().template().settings();
      return settings.getOrDefault("index", none);
    } catch (ElasticsearchException e) {
      if (e.status() == 404) return none;
      throw e;
    }
  }

  private Map<String, JsonData> meta(String name, boolean component) throws IOException {
    try {
      return component
          ? client.cluster().getComponentTemplate(g -> g.name(name)).componentTemplates().get(0).componentTemplate().meta()
          : client.indices().getIndexTemplate(g -> g.name(name)).indexTemplates().get(0).indexTemplate().meta();
    } catch (ElasticsearchException e) {
      if (e.status() == 404) return Map.of();
      throw e;
    }
  }

  private boolean isCurrent(Map<String, JsonData> meta) {
    if (!meta.containsKey("version")) return false;
    int version = meta.get("version").to(Integer.class);
    return version > VERSION || version == VERSION && meta.containsKey("shards") && meta.get("shards").to(Integer.class) == shards;
  }

  private static InputStream stream(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }
}
