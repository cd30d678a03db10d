package shop.orders.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sees to it that an index exists with our mapping before a document is written to it. Safe for use by many threads and processes.
 *
 * <p>There is no index template to lose: an index is created with all it needs in one request, and writes demand its alias.
 */
class Indices {
  private static final Logger log = LoggerFactory.getLogger(Indices.class);
  private static final String DEFINITION = "orders-index.json";

  private final ElasticsearchClient client;
  private final String definition;
  private final String mappings;
  private final Set<IndexName> known = ConcurrentHashMap.newKeySet();

  Indices(ElasticsearchClient client, JsonMapper json) {
    this.client = client;
    JsonNode tree;
    try (var in = Objects.requireNonNull(Indices.class.getResourceAsStream(DEFINITION))) {
      tree = json.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.definition = tree.toString();
    this.mappings = tree.get("mappings").toString();
  }

  /**
   * Creates the index, or brings the mapping and aliases of one made by an older release up to date; once per process, unless it was
   * {@linkplain #forget forgotten}.
   *
   * @throws IndexUnavailable if that is not possible now
   */
  void ensure(IndexName index) {
    if (known.contains(index)) return;
    try {
      if (create(index)) log.info("index {} created", index.name());
      else update(index);
    } catch (IOException | ElasticsearchException e) {
      throw new IndexUnavailable("index " + index.name() + " cannot be prepared: " + Refusal.of(e), e);
    }
    known.add(index);
  }

  /** The index was not there when it was written to: look again before the next write. */
  void forget(IndexName index) {
    if (known.remove(index)) log.warn("index {} is gone, it is created again", index.name());
  }

  private boolean create(IndexName index) throws IOException {
    try {
      client
          .indices()
          .create(
              c ->
                  c.index(index.name())
                      .withJson(stream(definition))
                      .aliases(IndexName.READ_ALIAS, a -> a)
                      .aliases(index.writeAlias(), a -> a));
      return true;
    } catch (ElasticsearchException e) {
      if ("resource_already_exists_exception".equals(e.error().type())) return false;
      throw e;
    }
  }

  private void update(IndexName index) throws IOException {
    client.indices().putMapping(m -> m.index(index.name()).withJson(stream(mappings)));
    client
        .indices()
        .updateAliases(
            u ->
                u.actions(a -> a.add(add -> add.index(index.name()).alias(IndexName.READ_ALIAS)))
                    .actions(a -> a.add(add -> add.index(index.name()).alias(index.writeAlias()))));
  }

  private static InputStream stream(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }
}
