package shop.orders.workflow.feed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.stereotype.Component;
import shop.orders.model.Change;
import shop.orders.model.OrderStatus;
import shop.orders.store.Cursors;
import shop.orders.store.EventLog;
import shop.orders.store.EventLog.Logged;
import shop.orders.store.Settings;
import shop.orders.store.StoreUnavailable;
import shop.orders.web.Caller;
import tools.jackson.databind.ObjectMapper;

/** The feeds: one per application key, each a cursor on its account's event log. Safe for use by many threads and processes. */
@Component
class Feeds {
  private static final String INCOMPLETE = OrderStatus.INCOMPLETE.wire();
  private static final int PAGE = 100;

  /** Events looked at by one read that finds nothing to deliver; the next read goes on from there. */
  private static final int MOST_SCANNED = 5_000;

  /** Delivered and not committed at one time; a reader that never commits gets no more than these, again and again. */
  private static final int MOST_LEASED = 2_000;

  /** A read that only passed over unwanted events is written down when they were this many. */
  private static final int WORTH_WRITING = 200;

  /** Events of a backlog that are looked at one by one to tell its size; more are all counted as wanted. */
  private static final int MOST_COUNTED = 10_000;

  private static final int TRIES = 30;
  private static final Duration REMEMBERED = Duration.ofSeconds(10);

  private final Settings settings;
  private final Cursors cursors;
  private final EventLog log;
  private final ObjectMapper json;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /** What is changed by another instance counts here within seconds, as with keys and accounts. */
  private final Cache<Caller, FeedConfig> configs = Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(REMEMBERED).build();

  Feeds(Settings settings, Cursors cursors, EventLog log, ObjectMapper json, Clock clock) {
    this.settings = settings;
    this.cursors = cursors;
    this.log = log;
    this.json = json;
    this.clock = clock;
  }

  Optional<FeedConfig> config(Caller caller) {
    var remembered = configs.getIfPresent(caller);
    if (remembered != null) return Optional.of(remembered);
    var loaded = load(caller);
    loaded.ifPresent(config -> configs.put(caller, config));
    return loaded;
  }

  private Optional<FeedConfig> load(Caller caller) {
    return settings.find(Settings.Kind.FEED, caller.account(), caller.appKey()).map(text -> json.readValue(text, FeedConfig.class));
  }

  /** Makes the feed, which then hears what happens from now on, or changes its filter and times and keeps what is due to it. */
  FeedConfig configure(Caller caller, List<String> statuses, Duration visibilityTimeout, Duration retention) {
    var before = load(caller);
    var secret = before.map(FeedConfig::secret).orElseGet(this::newSecret);
    var config = new FeedConfig(statuses, visibilityTimeout, retention, secret);
    if (before.isEmpty()) startAtTheEnd(caller);
    settings.save(Settings.Kind.FEED, caller.account(), caller.appKey(), json.writeValueAsString(config));
    configs.invalidate(caller);
    return config;
  }

  void delete(Caller caller) {
    settings.delete(Settings.Kind.FEED, caller.account(), caller.appKey());
    configs.invalidate(caller);
  }

  /** Leases up to {@code max} events to the caller: first those whose lease ran out, then new ones. */
  List<FeedItem> read(Caller caller, FeedConfig config, int max) {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      var cell = cell(caller);
      var state = state(cell);
      var now = clock.instant();
      var found = new ArrayList<Logged>();
      var next = state.copy();
      var expired = expired(next, now, max);
      int halfOfThem = (max + random.nextInt(2)) / 2; // for the rest new events come first: what fails for ever must not hide them
      collect(caller.account(), expired.subList(0, Math.min(halfOfThem, expired.size())), found);
      next = collectNew(caller.account(), config, next, max, found);
      collect(caller.account(), expired.subList(Math.min(halfOfThem, expired.size()), Math.min(halfOfThem + max - found.size(), expired.size())), found);
      var until = now.plus(config.visibilityTimeout()).toEpochMilli();
      for (var one : found) {
        var lease = next.leased().get(one.seq());
        next.leased().put(one.seq(), new FeedState.Lease(until, lease == null ? 1 : lease.deliveries() + 1));
      }
      if (found.isEmpty() && next.scanned() - state.scanned() < WORTH_WRITING) return List.of();
      if (replace(caller, cell, next)) return found.stream().map(logged -> FeedItem.of(caller.account(), config, logged)).toList();
      pause(attempt);
    }
    throw new StoreUnavailable("reading the feed of " + caller.appKey() + ": too many readers at one time", null);
  }

  /** These are done and never come back. Numbers that are not leased, committed before perhaps, are passed over. */
  void commit(Caller caller, Collection<Long> seqs) {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      var cell = cell(caller);
      var next = state(cell).copy();
      if (!next.leased().keySet().removeAll(seqs)) return;
      if (replace(caller, cell, next)) return;
      pause(attempt);
    }
    throw new StoreUnavailable("committing to the feed of " + caller.appKey() + ": too many readers at one time", null);
  }

  /** What waits for the feed's reader, delivered or not. */
  Backlog backlog(Caller caller, FeedConfig config) {
    var state = state(cell(caller));
    long quantity = state.leased().size();
    Optional<Instant> oldest = Optional.empty();
    if (!state.leased().isEmpty()) oldest = log.read(caller.account(), state.oldest(), 1).stream().map(l -> l.entry().appendedAt()).findFirst();
    long from = state.scanned();
    while (true) {
      var page = log.read(caller.account(), from, 1_000);
      for (var logged : page) {
        if (!wanted(config, logged)) continue;
        quantity++;
        if (oldest.isEmpty()) oldest = Optional.of(logged.entry().appendedAt());
      }
      if (page.size() < 1_000) break;
      from += page.size();
      if (from - state.scanned() >= MOST_COUNTED) { // what is beyond is counted unseen
        quantity += Math.max(0, log.head(caller.account()) - from);
        break;
      }
    }
    var now = clock.instant();
    return new Backlog(quantity, oldest.map(o -> Duration.between(o, now)).filter(age -> !age.isNegative()).orElse(Duration.ZERO));
  }

  record Backlog(long quantity, Duration age) {}

  private static List<Long> expired(FeedState state, Instant now, int max) {
    return state.leased().entrySet().stream().filter(e -> e.getValue().expired(now)).map(e -> e.getKey()).limit(max).toList();
  }

  private void collect(String account, List<Long> expired, List<Logged> found) {
    for (int i = 0; i < expired.size(); ) { // neighbours come with one read
      for (var logged : log.read(account, expired.get(i), PAGE)) {
        if (i < expired.size() && logged.seq() == expired.get(i)) {
          found.add(logged);
          i++;
        }
      }
    }
  }

  private FeedState collectNew(String account, FeedConfig config, FeedState state, int max, List<Logged> found) {
    long scanned = state.scanned();
    long last = scanned + MOST_SCANNED;
    while (found.size() < max && scanned < last && state.leased().size() + found.size() < MOST_LEASED) {
      var page = log.read(account, scanned, PAGE);
      for (var logged : page) {
        if (found.size() == max) break;
        scanned = logged.seq() + 1;
        if (wanted(config, logged)) found.add(logged);
      }
      if (page.size() < PAGE) break;
    }
    return new FeedState(scanned, state.leased());
  }

  /** A transition into a status the feed asked for; changes that move nothing are no workflow events, and history from elsewhere is none. */
  private static boolean wanted(FeedConfig config, Logged logged) {
    var entry = logged.entry();
    if (entry.status().equals(entry.lastStatus()) || entry.type().equals(Change.HISTORY)) return false;
    boolean isNoOrder = entry.status().equals(INCOMPLETE) || (INCOMPLETE.equals(entry.lastStatus()) && entry.status().equals(OrderStatus.CANCELED.wire()));
    return !isNoOrder && config.wants(entry.status());
  }

  private void startAtTheEnd(Caller caller) {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      if (replace(caller, cell(caller), FeedState.from(log.head(caller.account())))) return;
      pause(attempt);
    }
    throw new StoreUnavailable("starting the feed of " + caller.appKey() + ": somebody else keeps doing the same", null);
  }

  private Optional<Cursors.Cell> cell(Caller caller) {
    return cursors.read(caller.account(), consumer(caller));
  }

  private FeedState state(Optional<Cursors.Cell> cell) {
    return cell.map(c -> json.readValue(c.state(), FeedState.class)).orElseGet(() -> FeedState.from(0));
  }

  private boolean replace(Caller caller, Optional<Cursors.Cell> cell, FeedState state) {
    return cursors.replace(caller.account(), consumer(caller), cell.map(Cursors.Cell::rev).orElse(0L), json.writeValueAsString(state));
  }

  private static String consumer(Caller caller) {
    return "feed/" + caller.appKey();
  }

  private String newSecret() {
    var bytes = new byte[32];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static void pause(int attempt) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(5, 25) * (long) Math.min(attempt, 8)));
  }
}
