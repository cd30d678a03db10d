package shop.orders.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ExpandWildcard;
import co.elastic.clients.elasticsearch.indices.IndexState;
import co.elastic.clients.elasticsearch.indices.get.Feature;
import co.elastic.clients.elasticsearch.indices.update_aliases.Action;
import java.io.IOException;
import java.util.List;
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

  /** One that somebody closed is there all the same: it has its aliases, and can be deleted. */
  private static final List<ExpandWildcard> ALSO_CLOSED = List.of(ExpandWildcard.Open, ExpandWildcard.Closed);

  private final ElasticsearchClient client;
  private final Templates templates;
  private final IndexRecord record;
  private final Generations generations;
  private final Set<IndexName> known = ConcurrentHashMap.newKeySet();

  Indices(ElasticsearchClient client, Templates templates, IndexRecord record, Generations generations) {
    this.client = client;
    this.templates = templates;
    this.record = record;
    this.generations = generations;
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
    if (!generations.current().kept().contains(index.generation())) throw new IndexUnavailable("generation " + index.generation() + " is not kept any more");
    record.list(index);
    asking(
        "index " + index + " cannot be prepared",
        () -> {
          templates.ensure();
          if (create(index)) log.info("index {} created", index);
          else update(index);
          // Only now: lists that ask an index whose shards have not started fail.
          read(generations.current().read());
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
   * The indices there are, of every generation, oldest first, in one request.
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
              .get(g -> g.index(IndexName.ALL).expandWildcards(ALSO_CLOSED).features(Feature.Settings, Feature.Aliases).allowNoIndices(true))
              .indices()
              .forEach((name, state) -> IndexName.parse(name).ifPresent(index -> live.put(index, live(index, state))));
          return live;
        });
  }

  private static Live live(IndexName index, IndexState state) {
    var settings = Objects.requireNonNull(Objects.requireNonNull(state.settings()).index());
    var aliases = state.aliases().keySet();
    return new Live(
        Objects.requireNonNull(settings.uuid()), aliases.contains(index.writeAlias()), aliases.contains(IndexName.READ_ALIAS), QuickSettings.of(settings));
  }

  /**
   * An index that exists.
   *
   * @param uuid another one after it was deleted and made again, by whomever
   * @param written whether it has the alias that documents are written to
   * @param read whether it has the alias that lists read
   * @param quick how it is set up
   */
  public record Live(String uuid, boolean written, boolean read, QuickSettings quick) {}

  /**
   * Makes lists read this generation and no other: in one request, so that no list sees none or both.
   *
   * @throws IndexUnavailable if that is not possible now
   */
  public void read(int generation) {
    var live = live();
    if (live.entrySet().stream().allMatch(each -> each.getValue().read == (each.getKey().generation() == generation))) return;
    // All of them, not what is wrong: of two that do this at once one is to win whole, or lists would see both.
    var actions =
        live.keySet().stream()
            .map(
                index ->
                    index.generation() == generation
                        ? Action.of(a -> a.add(add -> add.index(index.name()).alias(IndexName.READ_ALIAS)))
                        : Action.of(a -> a.remove(remove -> remove.index(index.name()).alias(IndexName.READ_ALIAS).mustExist(false))))
            .toList();
    asking("lists cannot be made to read generation " + generation, () -> client.indices().updateAliases(u -> u.actions(actions)));
    if (live.entrySet().stream().anyMatch(each -> each.getValue().read && each.getKey().generation() != generation)) log.info("lists read generation {} from now on", generation);
  }

  /**
   * Sets indices up, as {@link #live} told them, for being asked that hold, or are to hold, what is complete; the others of a generation that is built for being filled.
   *
   * @throws IndexUnavailable if that is not possible now
   */
  public void tune(SortedMap<IndexName, Live> live) {
    var state = generations.current();
    live.forEach(
            (index, now) -> {
              var quick = quick(index, state);
              if (quick == now.quick || !state.kept().contains(index.generation())) return;
              asking(index + " cannot be set up", () -> quick.set(client, index, templates.settings()));
            });
  }

  private static QuickSettings quick(IndexName index, Generations.State state) {
    var building = state.building();
    if (building == null || building.generation() != index.generation()) return QuickSettings.NONE;
    var wholeFrom = building.wholeFrom();
    if (wholeFrom == null || index.lastDay().isBefore(wholeFrom)) return QuickSettings.UNREAD;
    return index.firstDay().isBefore(wholeFrom) ? QuickSettings.READ_IN_PART : QuickSettings.NONE;
  }

  /** Deletes every index of a generation; nothing if there is none. @throws IndexUnavailable if that is not possible now */
  public void delete(int generation) {
    var names = live().keySet().stream().filter(index -> index.generation() == generation).toList();
    known.removeIf(index -> index.generation() == generation);
    if (!names.isEmpty()) {
      asking("generation " + generation + " cannot be deleted", () -> client.indices().delete(d -> d.index(names.stream().map(IndexName::name).toList())));
    }
    log.info("generation {} is deleted, {} indices", generation, names.size());
  }

  /** Whether lists can be answered from this generation. @throws IndexUnavailable if nothing at all can be said */
  public boolean isReadable(int generation) {
    return condition(generation) == Condition.READABLE;
  }

  /** What there is to say of a generation that lists are to be answered from. */
  public enum Condition {
    /** There is something of it, and all of it can be searched. */
    READABLE,
    /** It cannot be searched, but something is being recovered, or the server is too busy, or does not say: it may come back by itself. */
    UNSURE,
    /** It cannot be searched, though the server answers and recovers nothing. */
    UNREADABLE,
    /** There is nothing of it, or some of it is closed: it comes back by nobody but a person. */
    GONE
  }

  /** @throws IndexUnavailable if nothing at all can be said */
  public Condition condition(int generation) {
    if (live().keySet().stream().noneMatch(index -> index.generation() == generation)) return Condition.GONE;
    try {
      client.search(s -> s.index(IndexName.allOf(generation)).expandWildcards(ALSO_CLOSED).size(0).allowPartialSearchResults(false).timeout("2s"), Void.class);
      return Condition.READABLE;
    } catch (IOException | ElasticsearchException e) {
      log.debug("generation {} cannot be searched: {}", generation, Refusal.of(e));
      if (Refusal.isOfClosedIndex(e)) return Condition.GONE;
      return Refusal.isOfServer(e) && !isRecovering() ? Condition.UNREADABLE : Condition.UNSURE;
    }
  }

  /** Of anything: few shards are recovered at once, and the others wait for them without a sign. */
  private boolean isRecovering() {
    var health = asking("whether something is being recovered is not known", () -> client.cluster().health());
    return health.initializingShards() > 0 || health.numberOfInFlightFetch() > 0;
  }

  private boolean create(IndexName index) throws IOException {
    var state = generations.current();
    try {
      // The mapping besides the template's: should that be lost in this moment, nothing is guessed.
      client
          .indices()
          .create(
              c -> {
                c.index(index.name()).mappings(m -> m.withJson(templates.mappings())).aliases(index.writeAlias(), a -> a);
                if (quick(index, state) == QuickSettings.UNREAD) c.settings(QuickSettings.QUICK);
                return c;
              });
      return true;
    } catch (ElasticsearchException e) {
      if ("resource_already_exists_exception".equals(e.error().type())) return false;
      throw e;
    }
  }

  private void update(IndexName index) throws IOException {
    try {
      client.indices().putMapping(m -> m.index(index.name()).withJson(templates.mappings()));
    } catch (ElasticsearchException e) {
      if (e.status() != 400) throw e;
      // What a field was once, it is for ever: the new mapping comes with a new generation.
      log.warn("index {} keeps its mapping until a rebuild: {}", index, Refusal.of(e));
    }
    client.indices().updateAliases(u -> u.actions(a -> a.add(add -> add.index(index.name()).alias(index.writeAlias()))));
  }

  /**
   * Lists show from now on what was in the index when this began, as far back as they are complete. Indices that are being filled are
   * left out: they show what they got by themselves, later, and each time costs as much as some hundred documents.
   *
   * @throws IndexUnavailable if not all of it
   * @throws StoreUnavailable if it cannot be known which are being filled
   */
  public void refresh() {
    var names = refreshed();
    var shards = asking("what was written cannot be made visible", () -> client.indices().refresh(r -> r.index(names).ignoreUnavailable(true).allowNoIndices(true)).shards());
    if (shards != null && shards.failed().intValue() > 0) throw new IndexUnavailable("what was written cannot be made visible: " + shards.failed() + " shards failed");
  }

  private List<String> refreshed() {
    var state = generations.current();
    var building = state.building();
    if (building == null || building.generation() != state.read()) return List.of(IndexName.READ_ALIAS);
    var all = record.read(state.read());
    // Complete or not, new orders are in the newest, and whoever placed one looks for it.
    var names = all.keySet().stream().filter(index -> quick(index, state) != QuickSettings.UNREAD || index.equals(all.lastKey())).map(IndexName::name).toList();
    return names.isEmpty() ? List.of(IndexName.READ_ALIAS) : names; // of none at all Elasticsearch would make all
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
