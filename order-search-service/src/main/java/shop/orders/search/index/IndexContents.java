package shop.orders.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeAggregationSource;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeBucket;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.indices.get.Feature;
import co.elastic.clients.util.NamedValue;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is in the indices of one generation, to be compared with the store. All of it but {@link #current} sees what was written before the
 * last {@link #refresh}, or a little later. Every method throws {@link IndexUnavailable} if the index does not give a whole answer. Safe
 * for use by many threads.
 */
public class IndexContents {
  /** Of the 65,536 the server allows in one answer. */
  private static final int BUCKETS = 10_000;

  private static final int DOCUMENTS = 100;
  private static final int FACTS = 2_000;

  /** Copies of one order there can be: one in each index. */
  private static final int MOST_COPIES = 10_000;

  /** Of one page; the next request extends it. */
  private static final String KEEP_ALIVE = "2m";

  private static final long DAY = Duration.ofDays(1).toMillis();

  private final ElasticsearchClient client;
  private final DocumentPages pages;
  private final Generations generations;
  private final int atOnce;

  /** @param atOnce documents that one request for sums may look at, about */
  IndexContents(ElasticsearchClient client, DocumentPages pages, Generations generations, int atOnce) {
    this.client = client;
    this.pages = pages;
    this.generations = generations;
    this.atOnce = atOnce;
  }

  /** The generation that lists read. @throws shop.orders.store.StoreUnavailable if that cannot be known now */
  public int readGeneration() {
    return generations.current().read();
  }

  /** The index an order of that day belongs to. */
  public static IndexName index(int generation, LocalDate day) {
    return IndexName.of(generation, day.atStartOfDay().toInstant(ZoneOffset.UTC));
  }

  /** Makes everything written so far visible to searches. */
  public void refresh(int generation) {
    asking(() -> client.indices().refresh(r -> r.index(all(generation)).ignoreUnavailable(true).allowNoIndices(true)));
  }

  /** Which there are, oldest first. */
  public SortedSet<IndexName> indices(int generation) {
    var names = asking(() -> client.indices().get(g -> g.index(all(generation)).features(Feature.Aliases).allowNoIndices(true))).indices().keySet();
    var indices = new TreeSet<IndexName>();
    names.forEach(name -> IndexName.parse(name).filter(index -> index.generation() == generation).ifPresent(indices::add));
    return indices;
  }

  /**
   * Count and hash-sums per account and day, over all indices whatever day they are for.
   *
   * @param account null for all, nobody's included
   * @param from null for the first there is; documents without a date are counted only if {@code to} is null too
   * @param page runs after each request
   */
  public Map<AccountDay, DaySum> sums(int generation, @Nullable String account, @Nullable LocalDate from, @Nullable LocalDate to, Runnable page) {
    var sums = new HashMap<AccountDay, DaySum>();
    for (var index : indices(generation)) sum(index, account, Days.of(from, to), sums, page);
    return sums;
  }

  /** Every page of a composite looks at all that match: one index at a time, and of many documents only some days of it. */
  private void sum(IndexName index, @Nullable String account, Days days, Map<AccountDay, DaySum> sums, Runnable page) {
    var parts = days.divided(index.firstDay(), index.lastDay());
    if (!parts.isEmpty() && areMany(index, within(account, days), page)) {
      for (var part : parts) sum(index, account, part, sums, page);
      return;
    }
    Map<String, FieldValue> after = Map.of();
    do {
      var at = after;
      var answer =
          asking(
              () ->
                  client.search(
                      s -> s.index(index.name()).size(0).allowPartialSearchResults(false).query(within(account, days)).aggregations("days", days(at)), Void.class));
      var found = answer.aggregations().get("days").composite();
      found.buckets().array().forEach(bucket -> sums.merge(key(bucket), sum(bucket), DaySum::plus));
      after = found.afterKey() == null ? Map.of() : found.afterKey();
      page.run();
    } while (!after.isEmpty());
  }

  private boolean areMany(IndexName index, Query query, Runnable page) {
    var answer =
        asking(
            () -> client.search(s -> s.index(index.name()).size(0).allowPartialSearchResults(false).query(query).trackTotalHits(t -> t.count(atOnce + 1)), Void.class));
    page.run();
    return answer.hits().total() != null && answer.hits().total().value() > atOnce;
  }

  private static Query within(@Nullable String account, Days days) {
    var from = days.from();
    var to = days.to();
    return Query.of(
        q ->
            q.bool(
                b -> {
                  if (account != null) b.filter(f -> f.term(t -> t.field("account").value(account)));
                  if (days.undated()) b.mustNot(n -> n.exists(e -> e.field("creationDate")));
                  if (from != null || to != null) {
                    b.filter(
                        f ->
                            f.range(
                                r ->
                                    r.date(
                                        d -> {
                                          d.field("creationDate").format("epoch_millis");
                                          if (from != null) d.gte(Long.toString(from.toEpochDay() * DAY));
                                          if (to != null) d.lt(Long.toString((to.toEpochDay() + 1) * DAY));
                                          return d;
                                        })));
                  }
                  return b;
                }));
  }

  private static Aggregation days(Map<String, FieldValue> after) {
    return Aggregation.of(
        a ->
            a.composite(
                    c -> {
                      c.size(BUCKETS)
                          .sources(
                              NamedValue.of("account", CompositeAggregationSource.of(s -> s.terms(t -> t.field("account").missingBucket(true)))),
                              NamedValue.of(
                                  "day",
                                  CompositeAggregationSource.of(
                                      s -> s.dateHistogram(h -> h.field("creationDate").calendarInterval(i -> i.time("1d")).missingBucket(true)))));
                      if (!after.isEmpty()) c.after(after);
                      return c;
                    })
                .aggregations("high", high -> high.sum(s -> s.field("hashHigh")))
                .aggregations("low", low -> low.sum(s -> s.field("hashLow"))));
  }

  private static AccountDay key(CompositeBucket bucket) {
    var account = bucket.key().get("account");
    var day = bucket.key().get("day");
    return new AccountDay(
        account == null || account.isNull() ? null : account.stringValue(), day == null || day.isNull() ? null : LocalDate.ofEpochDay(Math.floorDiv(day.longValue(), DAY)));
  }

  private static DaySum sum(CompositeBucket bucket) {
    return new DaySum(bucket.docCount(), number(bucket.aggregations().get("high").sum().value()), number(bucket.aggregations().get("low").sum().value()));
  }

  private static long number(@Nullable Double sum) {
    return sum == null ? 0 : Math.round(sum);
  }

  /**
   * Hands every document of a day to {@code sink}, page by page, unordered.
   *
   * @param account null for all accounts
   * @param whole whether all of each is read, so that its digest is checked
   */
  public void documents(int generation, @Nullable String account, LocalDate day, boolean whole, Consumer<List<IndexedDocument>> sink) {
    var filters = new ArrayList<Object>();
    filters.add(Map.of("range", Map.of("creationDate", Map.of("format", "epoch_millis", "gte", day.toEpochDay() * DAY, "lt", (day.toEpochDay() + 1) * DAY))));
    if (account != null) filters.add(Map.of("term", Map.of("account", account)));
    scroll(generation, Map.of("bool", Map.of("filter", filters)), whole, sink);
  }

  /** Hands every document that names no account, or has no date, to {@code sink}. */
  public void nobodys(int generation, Consumer<List<IndexedDocument>> sink) {
    var missing = List.of("account", "creationDate").stream().map(field -> Map.of("bool", Map.of("must_not", Map.of("exists", Map.of("field", field))))).toList();
    scroll(generation, Map.of("bool", Map.of("should", missing)), false, sink);
  }

  private void scroll(int generation, Map<String, Object> query, boolean whole, Consumer<List<IndexedDocument>> sink) {
    if (indices(generation).isEmpty()) return;
    var pit = pages.ask("POST", "/" + all(generation) + "/_pit?keep_alive=" + KEEP_ALIVE + "&ignore_unavailable=true", null).path("id").asString();
    try {
      @Nullable Object after = null;
      do {
        var search = search(query, whole, whole ? DOCUMENTS : FACTS);
        search.put("pit", Map.of("id", pit, "keep_alive", KEEP_ALIVE));
        search.put("sort", List.of(Map.of("_shard_doc", "asc")));
        if (after != null) search.put("search_after", after);
        var page = pages.documents("/_search?allow_partial_search_results=false", search, whole);
        if (!page.documents().isEmpty()) sink.accept(page.documents());
        after = page.last();
      } while (after != null);
    } finally {
      close(pit);
    }
  }

  private void close(String pit) {
    try {
      pages.ask("DELETE", "/_pit", Map.of("id", pit));
    } catch (IndexUnavailable e) {
      // It ends by itself; what is on its way out of the loop says more.
      return;
    }
  }

  private static Map<String, Object> search(Map<String, Object> query, boolean whole, int size) {
    var search = new LinkedHashMap<String, Object>();
    search.put("size", size);
    search.put("track_total_hits", false);
    search.put("version", true);
    search.put("seq_no_primary_term", true);
    search.put("_source", DocumentPages.source(whole));
    search.put("query", query);
    return search;
  }

  /** Every document with one of these ids, in whichever index. @param ids 1 to 500 */
  public List<IndexedDocument> copies(int generation, Collection<String> ids) {
    var search = search(Map.of("ids", Map.of("values", ids)), false, MOST_COPIES);
    return pages.documents("/" + all(generation) + "/_search?ignore_unavailable=true&allow_partial_search_results=false", search, false).documents();
  }

  /** Documents as they are at this moment, refreshed or not, read whole. @param indices by id the index to look in; not empty */
  public List<IndexedDocument> current(Map<String, IndexName> indices) {
    var ids = List.copyOf(indices.keySet());
    var documents = new ArrayList<IndexedDocument>();
    for (int from = 0; from < ids.size(); from += DOCUMENTS) {
      var asked = ids.subList(from, Math.min(ids.size(), from + DOCUMENTS)).stream().map(id -> Map.of("_index", indices.get(id).name(), "_id", id)).toList();
      documents.addAll(pages.documents("/_mget", Map.of("docs", asked), true).documents());
    }
    return documents;
  }

  private static String all(int generation) {
    return "orders-g" + generation + "-*";
  }

  private static <T> T asking(Request<T> request) {
    try {
      return request.answer();
    } catch (IOException | ElasticsearchException e) {
      throw new IndexUnavailable("what is in the index cannot be read: " + Refusal.of(e), e);
    }
  }

  private interface Request<T> {
    T answer() throws IOException;
  }
}
