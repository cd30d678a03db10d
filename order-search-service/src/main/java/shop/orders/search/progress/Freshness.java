package shop.orders.search.progress;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import shop.orders.model.OrderKey;
import shop.orders.search.index.IndexUnavailable;
import shop.orders.store.Cursors;
import shop.orders.store.EventLog;
import shop.orders.store.Lane;
import shop.orders.store.StoreUnavailable;

/**
 * How fresh an account's list is: an instant such that every change decided before it is in the answer. Found by comparing the log's head
 * with how far it was handled, in the background, and so the same whatever stands in the way: Elasticsearch, Kafka, this service.
 *
 * <p>What was found once stays true, so an unknown leaves the last answer standing. Safe for use by many threads.
 */
public class Freshness {
  private static final Logger log = LoggerFactory.getLogger(Freshness.class);

  /** Accounts nobody asks for are looked at this often, so that the first answer has something to say. */
  private static final Duration ALL_EVERY = Duration.ofSeconds(10);

  private static final Duration ASKED_LATELY = Duration.ofMinutes(1);
  private static final int PAGE = 500;
  private static final int MOST_PAGES = 20;

  /** The relay keeps its mark about 25 seconds behind: an older one means that it stands still, or is late by more. */
  private static final Duration RELAY_STANDS = Duration.ofMinutes(1);

  private final Handled handled;
  private final EventLog eventLog;
  private final Cursors cursors;
  private final Runnable refresh;
  private final FreshnessProperties properties;
  private final Clock clock;
  private final Map<String, View> views = new ConcurrentHashMap<>();
  private Instant lookedAtAll = Instant.MIN;
  private boolean away;

  /** @param refresh makes lists show all that is in the index, or throws {@link IndexUnavailable} */
  Freshness(Handled handled, EventLog eventLog, Cursors cursors, Runnable refresh, FreshnessProperties properties, Clock clock, MeterRegistry meters) {
    this.handled = handled;
    this.eventLog = eventLog;
    this.cursors = cursors;
    this.refresh = refresh;
    this.properties = properties;
    this.clock = clock;
    TimeGauge.builder("orders.search.freshness.age", this, TimeUnit.SECONDS, f -> f.oldest().toMillis() / 1000.0)
        .description("how far the stalest account's list is behind now")
        .register(meters);
  }

  /**
   * Every change of the account decided before this is in a list that is asked for from now on.
   *
   * @return empty if nothing is known, as in the first seconds of a process
   */
  public Optional<Instant> asOf(String account) {
    var view = views.computeIfAbsent(account, a -> new View());
    view.askedAt = clock.instant();
    return Optional.ofNullable(view.visible);
  }

  /** Accounts whose lists were asked for in the last minute. */
  public Set<String> asked() {
    var since = clock.instant().minus(ASKED_LATELY);
    return views.entrySet().stream().filter(e -> e.getValue().askedAt.isAfter(since)).map(Map.Entry::getKey).collect(Collectors.toSet());
  }

  @Scheduled(fixedDelayString = "${orders.search.freshness.refresh-every:500ms}")
  void look() {
    try {
      var now = clock.instant();
      Collection<String> accounts = asked();
      if (now.isAfter(lookedAtAll.plus(ALL_EVERY))) {
        accounts = handled.accounts();
        lookedAtAll = now;
      }
      if (accounts.isEmpty()) return;
      var relayed = new HashMap<Integer, Optional<Instant>>();
      for (var account : accounts) look(account, relayed.computeIfAbsent(shard(account), this::relayed));
      refresh.run(); // not waited for the index to do it by itself: a server that hung may answer before it has
      views.values().forEach(View::show);
      away = false;
    } catch (StoreUnavailable | IndexUnavailable e) {
      if (!away) log.warn("how fresh lists are cannot be told now, the last known stands: {}", e.getMessage());
      away = true;
    }
  }

  private void look(String account, Optional<Instant> relayed) {
    var view = views.computeIfAbsent(account, a -> new View());
    var now = clock.instant(); // before the head is read: what is appended after it may have been decided after it
    var head = eventLog.head(account);
    if (handled.known(account) < head) handled.read(account);
    var backlog = view.backlog;
    backlog.handled(handled.known(account));
    for (int pages = 0; backlog.next() < head; pages++) {
      if (pages == MOST_PAGES) return; // nothing can be said before all of it was seen; the next look goes on
      var page = eventLog.read(account, backlog.next(), PAGE);
      if (page.isEmpty()) backlog.skip(eventLog.firstKept(account, backlog.next()));
      else backlog.add(page);
    }
    var unseen = now.minus(longer(properties.relay(), backlog.lag(now)));
    var asOf = backlog.earliest() == null ? unseen : earlier(unseen, backlog.earliest());
    if (relayed.isPresent() && relayed.get().isBefore(now.minus(RELAY_STANDS))) asOf = earlier(asOf, relayed.get().minus(properties.relay()));
    view.found(asOf);
  }

  /** Up to when everything decided has been copied into the logs of this shard's accounts; the relay keeps it some seconds behind. */
  private Optional<Instant> relayed(int shard) {
    return cursors.read("-", "wakeups/relay/" + shard).map(cell -> Instant.parse(cell.state()));
  }

  private static int shard(String account) {
    return Lane.RELAY.shardOf(new OrderKey(account, "-"));
  }

  private Duration oldest() {
    var now = clock.instant();
    return views.values().stream()
        .map(view -> view.visible)
        .filter(asOf -> asOf != null)
        .map(asOf -> Duration.between(asOf, now))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /** What is known of one account. */
  private static final class View {
    volatile Instant askedAt = Instant.MIN;

    /** The latest that lists show. */
    volatile @Nullable Instant visible;

    /** Of the looking thread alone, as what is below. */
    final Backlog backlog = new Backlog();

    /** The latest that is in the index. */
    private @Nullable Instant indexed;

    void found(Instant asOf) {
      if (indexed == null || asOf.isAfter(indexed)) indexed = asOf;
    }

    void show() {
      visible = indexed;
    }
  }
}
