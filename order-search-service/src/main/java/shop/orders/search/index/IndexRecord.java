package shop.orders.search.index;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import shop.orders.store.Cursors;
import shop.orders.store.StoreUnavailable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which indices there should be, and up to where each was filled: one small cell in the store, since Elasticsearch may forget. Safe for
 * use by many threads and processes.
 */
public class IndexRecord {
  /** No account's: the index is everybody's. */
  private static final String ACCOUNT = "-";

  private static final String CONSUMER = "search-index/g" + IndexName.GENERATION;

  /** Far more than there are instances that write at the same time. */
  private static final int TRIES = 20;

  private final Cursors cursors;
  private final JsonMapper json;

  IndexRecord(Cursors cursors, JsonMapper json) {
    this.cursors = cursors;
    this.json = json;
  }

  /**
   * What is known of one index.
   *
   * @param uuid which index of this name it is about, as Elasticsearch numbers them; null if none was seen yet
   * @param left the newest day whose orders of before the index was made may be missing in it, the days after it are whole; null if none may
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Entry(@Nullable String uuid, @Nullable LocalDate left) {}

  /** Every index that should exist, oldest first. @throws StoreUnavailable if the store does not answer */
  public SortedMap<IndexName, Entry> read() {
    return cursors.read(ACCOUNT, CONSUMER).map(cell -> parse(cell.state())).orElseGet(TreeMap::new);
  }

  /**
   * Changes the record; {@code change} may run several times, and gets a copy it may write into.
   *
   * @return the record as it is then
   * @throws StoreUnavailable if the store does not answer, or others change it all the time
   */
  public SortedMap<IndexName, Entry> update(UnaryOperator<SortedMap<IndexName, Entry>> change) {
    for (int tries = 0; tries < TRIES; tries++) {
      var cell = cursors.read(ACCOUNT, CONSUMER);
      SortedMap<IndexName, Entry> before = cell.map(c -> parse(c.state())).orElseGet(TreeMap::new);
      var after = change.apply(new TreeMap<>(before));
      if (after.equals(before)) return after;
      if (cursors.replace(ACCOUNT, CONSUMER, cell.map(Cursors.Cell::rev).orElse(0L), text(after))) return after;
    }
    throw new StoreUnavailable("the record of indices changed " + TRIES + " times while it was to be changed", null);
  }

  /** An index is about to be made: whatever happens to it from now on, it is missed. */
  void list(IndexName index) {
    if (!read().containsKey(index)) {
      update(
          all -> {
            all.putIfAbsent(index, new Entry(null, index.lastDay()));
            return all;
          });
    }
  }

  private SortedMap<IndexName, Entry> parse(String state) {
    var all = new TreeMap<IndexName, Entry>();
    json.readValue(state, new TypeReference<TreeMap<String, Entry>>() {})
        .forEach((name, entry) -> IndexName.parse(name).ifPresent(index -> all.put(index, entry)));
    return all;
  }

  private String text(SortedMap<IndexName, Entry> all) {
    var byName = new TreeMap<String, Entry>();
    all.forEach((index, entry) -> byName.put(index.name(), entry));
    return json.writeValueAsString(byName);
  }
}
