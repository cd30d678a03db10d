package shop.orders.workflow.feed;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.stereotype.Component;
import shop.orders.store.EventLog;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;

/** Makes feeds, changes them and sends them back in time. A feed is a cursor on its account's event log. */
@Component
class Feeds {
  private static final int MOST_PER_KEY = 20;

  private final FeedConfigs configs;
  private final FeedCells cells;
  private final LogPositions positions;
  private final EventLog log;
  private final Filters filters;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Feeds(FeedConfigs configs, FeedCells cells, LogPositions positions, EventLog log, Filters filters, Clock clock) {
    this.configs = configs;
    this.cells = cells;
    this.positions = positions;
    this.log = log;
    this.filters = filters;
    this.clock = clock;
  }

  /**
   * Makes the feed, which then hears what happens from now on or from a point in the past, or changes its filter and times and keeps what
   * is due to it.
   *
   * @throws ApiError 400 if the feed is there already and shall start somewhere, or if the key has too many; 404 if its start is unknown
   */
  FeedConfig configure(Caller caller, FeedKey feed, FeedConfigRequest asked) {
    var before = configs.load(feed);
    if (before.isPresent() && asked.from().isPresent()) {
      throw ApiError.invalid("from", "This feed is there already; POST /api/orders/feed/rewind sends it back.");
    }
    filters.check(asked.filter());
    var since = before.isEmpty() ? start(caller, feed, asked) : clock.instant();
    var secret = before.map(FeedConfig::secret).orElseGet(this::newSecret);
    var config = new FeedConfig(dated(asked.filter(), before, since), asked.visibilityTimeout(), asked.retention(), secret);
    configs.save(feed, config);
    return config;
  }

  /** A filter that is set again knows which orders it told of. */
  private static FeedFilter dated(FeedFilter filter, Optional<FeedConfig> before, Instant since) {
    if (!(filter instanceof FeedFilter.FromOrders orders)) return filter;
    return before.map(FeedConfig::filter).filter(orders::asksTheSame).orElseGet(() -> orders.withSince(since));
  }

  /** @return the moment from which on it hears */
  private Instant start(Caller caller, FeedKey feed, FeedConfigRequest asked) {
    if (configs.of(caller).size() >= MOST_PER_KEY) throw ApiError.invalid("feed", "A key may have at most " + MOST_PER_KEY + " feeds; delete one first.");
    long number = asked.from().map(from -> positions.find(feed.account(), from)).orElseGet(() -> log.head(feed.account()));
    cells.change(feed, state -> FeedCells.Step.to(FeedState.from(number), number));
    return happened(feed, number);
  }

  /** When the event of that number came about; now if there is none yet. */
  private Instant happened(FeedKey feed, long number) {
    return log.page(feed.account(), number, 1).stream().map(logged -> logged.entry().at()).findFirst().orElseGet(clock::instant);
  }

  void delete(FeedKey feed) {
    configs.require(feed);
    configs.delete(feed);
  }

  /**
   * Everything the filter wants from there on is delivered again, committed or not. A point the feed has not come to yet changes nothing.
   *
   * @throws ApiError 404 if there is no such point
   */
  void rewind(FeedKey feed, StartPoint point) {
    long number = positions.find(feed.account(), point);
    var config = configs.require(feed);
    if (config.filter() instanceof FeedFilter.FromOrders orders) {
      var from = happened(feed, number);
      if (from.isBefore(orders.since())) configs.save(feed, new FeedConfig(orders.withSince(from), config.visibilityTimeout(), config.retention(), config.secret()));
    }
    cells.change(feed, state -> number < state.scanned() ? FeedCells.Step.to(state.rewoundTo(number), number) : FeedCells.Step.stay(number));
  }

  private String newSecret() {
    var bytes = new byte[32];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
