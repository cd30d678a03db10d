package shop.orders.workflow.feed;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
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
   * is due to it. May be repeated: an outcome that nobody knows does not make another feed of it.
   *
   * @throws ApiError 400 if the feed is there already and shall start where it does not stand, or if the key has too many; 404 if its start
   *     is unknown
   */
  synchronized FeedConfig configure(Caller caller, FeedKey feed, FeedConfigRequest asked) {
    var before = configs.load(feed);
    if (before.isPresent() && asked.from().isPresent() && !standsAt(feed, asked.from().get())) {
      throw ApiError.invalid("from", "This feed is there already; POST /api/orders/feed/rewind sends it back.");
    }
    filters.check(asked.filter());
    if (before.isEmpty() && !feed.isOld() && configs.of(caller).keySet().stream().filter(name -> !FeedKey.of(caller, name).isOld()).count() >= MOST_PER_KEY) {
      throw ApiError.invalid("feed", "A key may have at most " + MOST_PER_KEY + " feeds; delete one first.");
    }
    var now = clock.instant();
    long number = before.isEmpty() ? start(feed, asked) : cells.read(feed).scanned();
    var since = before.isEmpty() ? asked.from().map(from -> positions.since(feed.account(), from, number)).orElse(now) : now;
    var secret = before.map(FeedConfig::secret).orElseGet(this::newSecret);
    var config = new FeedConfig(dated(asked.filter(), before, feed, number), asked.visibilityTimeout(), asked.retention(), secret, UUID.randomUUID().toString());
    if (before.isEmpty()) begin(feed, config, FeedState.from(number, since));
    else save(feed, config);
    return config;
  }

  /** Whether nothing from there on was handed out and nothing before it is due: what was asked for was done before. */
  private boolean standsAt(FeedKey feed, StartPoint point) {
    var state = cells.read(feed);
    return state.leased().isEmpty() && state.parked().isEmpty() && state.scanned() == positions.find(feed.account(), point);
  }

  /** First its place, then its name: who finds the feed finds where it begins, and if the second fails there is no feed yet. */
  private void begin(FeedKey feed, FeedConfig config, FeedState place) {
    passOverNamesakesRefill(feed);
    cells.change(feed, namesakes -> FeedCells.Step.to(place.under(config.id()), config));
    configs.save(feed, config);
  }

  /** A feed that is made anew has nothing to do with what another of its name left in its own log. */
  private void passOverNamesakesRefill(FeedKey feed) {
    long end = log.head(feed.refill().log());
    if (end > 0) cells.change(feed.refill(), old -> FeedCells.Step.to(FeedState.from(end, Instant.EPOCH), end));
  }

  private long start(FeedKey feed, FeedConfigRequest asked) {
    return asked.from().map(from -> positions.find(feed.account(), from)).orElseGet(() -> log.head(feed.account()));
  }

  /** Of a feed that is there. First where it is read from, then where it is named: who finds the name finds it there. */
  private void save(FeedKey feed, FeedConfig config) {
    configs.save(feed, config);
    cells.change(feed, state -> FeedCells.Step.to(state.under(config.id()), config));
  }

  /** A filter that is set again knows which orders it told of; another one begins with what the feed has not looked at yet. */
  private FeedFilter dated(FeedFilter filter, Optional<FeedConfig> before, FeedKey feed, long number) {
    if (!(filter instanceof FeedFilter.FromOrders orders)) return filter;
    return before.map(FeedConfig::filter).filter(orders::asksTheSame).orElseGet(() -> orders.withSince(positions.momentBefore(feed.account(), number)));
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
    var config = configs.reload(feed);
    if (config.filter() instanceof FeedFilter.FromOrders orders) {
      var since = positions.momentBefore(feed.account(), number);
      if (since.isBefore(orders.since())) {
        save(feed, new FeedConfig(orders.withSince(since), config.visibilityTimeout(), config.retention(), config.secret(), UUID.randomUUID().toString()));
      }
    }
    var since = positions.since(feed.account(), point, number);
    cells.change(feed, state -> number < state.scanned() ? FeedCells.Step.to(state.rewoundTo(number, since), number) : FeedCells.Step.stay(number));
  }

  private String newSecret() {
    var bytes = new byte[32];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
