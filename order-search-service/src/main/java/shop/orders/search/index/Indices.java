package shop.orders.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch.indices.get.Feature;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.store.StoreUnavailable;

/** Makes the indices with our mapping, before a document is written to them, and tells which there are. Safe for use by many threads and processes. */
public class Indices {
  private static final Logger log = LoggerFactory.getLogger(Indices.class);

  private final ElasticsearchClient client;
  private final Templates templates;
  private final IndexRecord record;
  private final Set<IndexName> known = ConcurrentHashMap.newKeySet();

  Indices(ElasticsearchClient client, Templates templates, IndexRecord record) {
    this.client = client;
    this.templates = templates;
    this.record = record;
  }

  /**
   * Creates the index, or brings the mapping and aliases of one made by an older release up to date; once per process, unless it was
   * {@linkplain #forget forgotten}. Its name is in the record first, so that it is missed if it is lost.
   *
   * @throws IndexUnavailable if that is not possible now
   * @throws StoreUnavailable if it cannot be recorded now
   */
  public void ensure(IndexName index) {
    if (known.contains(index)) return;
    record.list(index);
    asking(
        "index " + index + " cannot be prepared",
        () -> {
          templates.ensure();
          if (create(index)) log.info("index {} created", index);
          else update(index);
          return index;
        });
    known.add(index);
  }

  /** The index was not there, or not whole, when it was looked at: look again before the next write. */
  public void forget(IndexName index) {
    if (known.remove(index)) log.warn("index {} is gone, or its alias is: it is put right", index);
  }

  /** Puts the templates back if they are missing or older. @throws IndexUnavailable if that is not possible now */
  public void ensureTemplates() {
    asking(
        "templates cannot be put",
        () -> {
          templates.ensure();
          return templates;
        });
  }

  /**
   * The indices of this generation, oldest first, in one request.
   *
   * @throws IndexUnavailable if the server does not say
   */
  public SortedMap<IndexName, Live> live() {
    return asking(
        "indices cannot be listed",
        () -> {
          var live = new TreeMap<IndexName, Live>();
          client
              .indices()
              .get(g -> g.index(IndexName.ALL).features(Feature.Settings, Feature.Aliases).allowNoIndices(true))
              .indices()
              .forEach(
                  (name, state) ->
                      IndexName.parse(name)
                          .ifPresent(
                              index -> {
                                var uuid = Objects.requireNonNull(Objects.requireNonNull(state.settings()).index()).uuid();
                                var reachable = state.aliases().keySet().containsAll(Set.of(IndexName.READ_ALIAS, index.writeAlias()));
                                live.put(index, new Live(Objects.requireNonNull(uuid), reachable));
                              }));
          return live;
        });
  }

  /**
   * An index that exists.
   *
   * @param uuid another one after it was deleted and made again, by whomever
   * @param reachable whether it has both its aliases
   */
  public record Live(String uuid, boolean reachable) {}

  private boolean create(IndexName index) throws IOException {
    try {
      // The mapping besides the template's: should that be lost in this moment, nothing is guessed.
      client
          .indices()
          .create(
              c ->
                  c.index(index.name())
                      .mappings(m -> m.withJson(templates.mappings()))
                      .aliases(IndexName.READ_ALIAS, a -> a)
                      .aliases(index.writeAlias(), a -> a));
      return true;
    } catch (ElasticsearchException e) {
      if ("resource_already_exists_exception".equals(e.error().type())) return false;
      throw e;
    }
  }

  private void update(IndexName index) throws IOException {
    client.indices().putMapping(m -> m.index(index.name()).withJson(templates.mappings()));
    client
        .indices()
        .updateAliases(
            u ->
                u.actions(a -> a.add(add -> add.index(index.name()).alias(IndexName.READ_ALIAS)))
                    .actions(a -> a.add(add -> add.index(index.name()).alias(index.writeAlias()))));
  }

  private static <T> T asking(String otherwise, Request<T> request) {
    try {
      return request.answer();
    } catch (IOException | ElasticsearchException e) {
      throw new IndexUnavailable(otherwise + ": " + Refusal.of(e), e);
    }
  }

  private interface Request<T> {
    T answer() throws IOException;
  }
}
