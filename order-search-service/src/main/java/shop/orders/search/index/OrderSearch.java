package shop.orders.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.ExtendedStatsAggregate;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import shop.orders.search.index.FoundOrders.Stats;
import shop.orders.search.index.FoundOrders.Summary;

/** Answers {@link OrderQuery}. Safe for use by many threads. */
public class OrderSearch {
  private static final String VALUE = "totalValue";
  private static final String ITEMS = "totalItems";

  /** More than the world has currencies in use at one account. */
  private static final int MOST_GROUPS = 200;

  private static final double P99 = 0.99;
  private static final Duration LATELY = Duration.ofSeconds(10);

  private final ElasticsearchAsyncClient client;
  private final Duration timeout;
  private final Duration patience;
  private final Consumer<PageShown> shown;
  private final Timer times;
  private final RecentlyAsked asked = new RecentlyAsked();

  /**
   * @param client asynchronous, since the other one cannot be given another time limit for some of its requests
   * @param timeout what the server may take
   * @param onTheWay what the way there and back may take besides
   * @param shown is told of every page, and must not keep it waiting
   */
  OrderSearch(ElasticsearchAsyncClient client, Duration timeout, Duration onTheWay, Consumer<PageShown> shown, MeterRegistry meters) {
    this.client = client;
    this.timeout = timeout;
    this.patience = timeout.plus(onTheWay);
    this.shown = shown;
    times =
        Timer.builder("orders.search.list")
            .description("a list, as long as whoever asked waited for the index, whether it answered or not")
            .publishPercentileHistogram()
            .publishPercentiles(P99)
            .distributionStatisticExpiry(LATELY)
            .register(meters);
  }

  /**
   * The orders of one account that match.
   *
   * @param account whose orders; no other account's can be in the answer
   * @throws IndexUnavailable if the index does not give a whole answer in time
   */
  public FoundOrders find(String account, OrderQuery query) {
    asked.add(account, query);
    return Objects.requireNonNull(times.record(() -> find(account, query, IndexName.READ_ALIAS, shown)));
  }

  /** What 99 of 100 lists took at most, in milliseconds, those without an answer too, about the last ten seconds; empty if there were none. */
  public Optional<Long> lately() {
    return Stream.of(times.takeSnapshot().percentileValues()).map(p99 -> (long) p99.value(TimeUnit.MILLISECONDS)).filter(millis -> millis > 0).findFirst();
  }

  /** As {@link #find(String, OrderQuery)}, whichever generation lists are answered from. */
  public FoundOrders find(String account, OrderQuery query, int generation) {
    return find(account, query, IndexName.allOf(generation), page -> {});
  }

  /** Asks as a list does, at hardly any cost. @throws IndexUnavailable if lists would not be answered */
  public void probe() {
    var answer =
        ask(SearchRequest.of(s -> s.index(IndexName.READ_ALIAS).ignoreUnavailable(true).allowPartialSearchResults(false).timeout(timeout.toMillis() + "ms").size(0).trackTotalHits(t -> t.enabled(false)).query(q -> q.term(t -> t.field("account").value("-")))));
    if (answer.timedOut() || answer.shards().failed().intValue() > 0) throw new IndexUnavailable("search was not finished in " + timeout);
  }

  /** Lists that were lately asked for, different ones, the newest last. */
  public List<Asked> asked() {
    return asked.all();
  }

  /** @param account whose list it was */
  public record Asked(String account, OrderQuery query) {}

  private FoundOrders find(String account, OrderQuery query, String indices, Consumer<PageShown> shown) {
    var answer = ask(request(account, query, indices));
    if (answer.timedOut() || answer.shards().failed().intValue() > 0) throw new IndexUnavailable("search was not finished in " + timeout);
    var total = Objects.requireNonNull(answer.hits().total()).value();
    // One without a row is somebody else's, and goes with the next comparison of index and store.
    var sources = answer.hits().hits().stream().map(Hit::source).map(Objects::requireNonNull).filter(source -> source.row() != null).toList();
    shown.accept(new PageShown(account, sources.stream().collect(Collectors.toMap(source -> source.row().orderId(), Source::version, Math::min))));
    var rows = sources.stream().map(Source::row).toList();
    return new FoundOrders(total, rows, summary(answer.aggregations(), VALUE, total), summary(answer.aggregations(), ITEMS, total));
  }

  private SearchResponse<Source> ask(SearchRequest request) {
    var running = client.search(request, Source.class);
    try {
      return running.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Left to itself until the client's own limit: one that is canceled is given up by two threads, and the client may not survive that.
      throw new IndexUnavailable("search was not answered in " + patience, e);
    } catch (ExecutionException e) {
      var cause = e.getCause() instanceof Exception exception ? exception : e;
      throw new IndexUnavailable("search failed: " + Refusal.of(cause), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IndexUnavailable("search was interrupted", e);
    }
  }

  private SearchRequest request(String account, OrderQuery query, String indices) {
    return SearchRequest.of(
        s ->
            s.index(indices)
                .ignoreUnavailable(true) // before the first order there is no index, and that is no error
                .allowPartialSearchResults(false)
                .timeout(timeout.toMillis() + "ms")
                .trackTotalHits(t -> t.enabled(true))
                .source(f -> f.filter(i -> i.includes("row", "ver")))
                .query(q -> q.bool(b -> b.filter(filters(account, query))))
                .sort(sort(query))
                .from((query.page() - 1) * query.perPage())
                .size(query.perPage())
                .aggregations(summaries()));
  }

  /** The one place where a query meets its account. */
  private static List<Query> filters(String account, OrderQuery query) {
    var filters = new ArrayList<Query>();
    filters.add(Query.of(q -> q.term(t -> t.field("account").value(account))));
    for (var word : query.words()) filters.add(Query.of(q -> q.prefix(p -> p.field("words").value(word))));
    if (query.words().isEmpty() && !query.text().isBlank()) filters.add(Query.of(q -> q.matchNone(n -> n)));
    var incomplete = Query.of(q -> q.term(t -> t.field("status").value(IndexDocument.INCOMPLETE)));
    filters.add(query.incomplete() ? incomplete : Query.of(q -> q.bool(b -> b.mustNot(incomplete))));
    query.names().forEach((name, values) -> filters.add(anyOf(name.field, values)));
    query.dates().forEach((date, range) -> filters.add(within(date.field, range)));
    query.flags().forEach((flag, value) -> filters.add(Query.of(q -> q.term(t -> t.field(flag.field).value(value)))));
    return filters;
  }

  private static Query anyOf(String field, Set<String> values) {
    return Query.of(q -> q.terms(t -> t.field(field).terms(v -> v.value(values.stream().map(FieldValue::of).toList()))));
  }

  private static Query within(String field, OrderQuery.Range range) {
    return Query.of(
        q ->
            q.range(
                r ->
                    r.date(
                        d -> {
                          d.field(field).format("epoch_millis");
                          if (range.from() != null) d.gte(Long.toString(range.from().toEpochMilli()));
                          if (range.to() != null) d.lte(Long.toString(range.to().toEpochMilli()));
                          return d;
                        })));
  }

  private static List<SortOptions> sort(OrderQuery query) {
    var order = query.ascending() ? SortOrder.Asc : SortOrder.Desc;
    var fields = query.sort() == OrderQuery.Sort.ORDER_ID ? List.of("orderId") : List.of(query.sort().field, "orderId");
    return fields.stream().map(field -> SortOptions.of(s -> s.field(f -> f.field(field).order(order)))).toList();
  }

  private static Map<String, Aggregation> summaries() {
    var stats = Map.of(VALUE, stats(VALUE), ITEMS, stats(ITEMS));
    return Map.of(
        VALUE, stats(VALUE),
        ITEMS, stats(ITEMS),
        "origin", Aggregation.of(a -> a.terms(t -> t.field("origin").size(MOST_GROUPS)).aggregations(stats)),
        "currencyCode", Aggregation.of(a -> a.terms(t -> t.field("currencyCode").size(MOST_GROUPS)).aggregations(stats)));
  }

  private static Aggregation stats(String field) {
    return Aggregation.of(a -> a.extendedStats(e -> e.field(field)));
  }

  private static Summary summary(Map<String, Aggregate> answers, String number, long total) {
    if (answers.isEmpty()) { // no index yet
      return new Summary(new Stats(0, 0, 0, 0, 0, 0, 0, 0), Map.of(), Map.of());
    }
    return new Summary(stats(answers.get(number).extendedStats(), total), groups(answers, "origin", number), groups(answers, "currencyCode", number));
  }

  private static Map<String, Stats> groups(Map<String, Aggregate> answers, String by, String number) {
    var groups = new TreeMap<String, Stats>();
    for (var bucket : answers.get(by).sterms().buckets().array()) {
      groups.put(bucket.key().stringValue(), stats(bucket.aggregations().get(number).extendedStats(), bucket.docCount()));
    }
    return groups;
  }

  private static Stats stats(ExtendedStatsAggregate answer, long documents) {
    return new Stats(
        answer.count(),
        number(answer.max()),
        number(answer.avg()),
        number(answer.min()),
        documents - answer.count(),
        number(answer.stdDeviationSampling()),
        number(answer.sum()),
        number(answer.sumOfSquares()));
  }

  /** The server has no answer, or an infinite one, where there are too few numbers. */
  private static double number(@Nullable Double value) {
    return value == null || !Double.isFinite(value) ? 0 : value;
  }

  /** What is fetched of a document. @param ver null if somebody else wrote it */
  record Source(OrderRow row, @Nullable Long ver) {
    long version() {
      return ver == null ? 0 : ver;
    }
  }
}
