package shop.orders.systemtest.verify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import shop.orders.model.OrderEvent;
import shop.orders.model.OrderKey;
import shop.orders.store.Cursors;
import shop.orders.store.EventLog;
import shop.orders.store.OrderHeader;
import shop.orders.store.OrderScan;
import shop.orders.store.OrderStore;
import shop.orders.store.Settings;
import shop.orders.systemtest.elasticsearch.PlainElasticsearch;
import shop.orders.systemtest.verify.Findings.Fault;

/**
 * Compares, for every order, what its partition says with the account's event log, Kafka's cursor and the index. Reads only. Orders that
 * change meanwhile may be found faulty; a second look clears them.
 */
class Judge {
  private static final int READERS = 8;
  private static final int PAGE = 1_000;

  private final OrderScan scan;
  private final OrderStore store;
  private final EventLog log;
  private final Cursors cursors;
  private final Settings settings;
  private final IndexReader index;

  Judge(OrderScan scan, OrderStore store, EventLog log, Cursors cursors, Settings settings, IndexReader index) {
    this.scan = scan;
    this.store = store;
    this.log = log;
    this.cursors = cursors;
    this.settings = settings;
    this.index = index;
  }

  /** An order's chain, as little of it as the comparison needs: a status per version, from 1. */
  private record Chain(List<String> statuses) {
    long version() {
      return statuses.size();
    }
  }

  Findings look() {
    var findings = new Findings();
    var chains = chains(findings);
    var accounts = new TreeSet<>(settings.list(Settings.Kind.ACCOUNT, "").keySet());
    chains.keySet().forEach(key -> accounts.add(key.account()));
    var appended = new HashMap<OrderKey, Long>();
    for (var account : accounts) readLog(account, chains, appended, findings);
    chains.forEach((key, chain) -> findings.add(Fault.LOST, chain.version() - Math.min(chain.version(), appended.getOrDefault(key, 0L)), key.toString()));
    compareIndex(chains, findings);
    return findings;
  }

  private Map<OrderKey, Chain> chains(Findings findings) {
    var chains = new HashMap<OrderKey, Chain>();
    var pool = Executors.newFixedThreadPool(READERS);
    try {
      for (int slice = 0; slice < scan.slices(); slice++) {
        var reads = new HashMap<OrderHeader, Future<List<OrderEvent>>>();
        scan.read(
            slice,
            header -> {
              if (header.version() > 0) reads.put(header, pool.submit(() -> store.eventsAfter(header.key(), 0)));
            });
        for (var read : reads.entrySet()) {
          var header = read.getKey();
          var events = read.getValue().get();
          findings.orders++;
          findings.events += events.size();
          checkChain(header, events, findings);
          chains.put(header.key(), new Chain(events.stream().map(e -> e.status().wire()).toList()));
        }
      }
      return chains;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading orders", e);
    } finally {
      pool.shutdownNow();
    }
  }

  /** No gap, no double: versions 1, 2, 3 to the header's; each status where the one before left off; each command in one piece. */
  private static void checkChain(OrderHeader header, List<OrderEvent> events, Findings findings) {
    var commands = new HashSet<UUID>();
    OrderEvent before = null;
    for (int i = 0; i < events.size(); i++) {
      var event = events.get(i);
      boolean next = event.version() == i + 1 && event.lastStatus() == (before == null ? null : before.status());
      boolean sameCommand = before != null && before.commandId().equals(event.commandId());
      if (!next || (!sameCommand && !commands.add(event.commandId()))) {
        findings.add(Fault.BROKEN_CHAIN, header.key() + " at version " + event.version());
        return;
      }
      before = event;
    }
    boolean complete = before != null && before.version() >= header.version();
    if (!complete) findings.add(Fault.BROKEN_CHAIN, header.key() + " ends at " + events.size() + " of " + header.version());
  }

  private void readLog(String account, Map<OrderKey, Chain> chains, Map<OrderKey, Long> appended, Findings findings) {
    long expected = 0;
    for (var page = log.read(account, 0, PAGE); !page.isEmpty(); page = page.size() < PAGE ? List.of() : log.read(account, expected, PAGE)) {
      for (var logged : page) {
        if (logged.seq() != expected) findings.add(Fault.LOG_GAP, account + " between " + expected + " and " + logged.seq());
        expected = logged.seq() + 1;
        var entry = logged.entry();
        var key = new OrderKey(account, entry.orderId());
        long last = appended.getOrDefault(key, 0L);
        var name = key + " version " + entry.version() + " at " + logged.seq();
        if (entry.version() <= last) findings.add(Fault.DOUBLED, name);
        else if (entry.version() > last + 1) findings.add(Fault.OUT_OF_ORDER, name);
        appended.merge(key, entry.version(), Math::max);
        var chain = chains.get(key);
        boolean known = chain != null && entry.version() <= chain.version();
        if (known && !chain.statuses().get((int) entry.version() - 1).equals(entry.status())) findings.add(Fault.DIFFERENT, name);
        if (!known && store.eventsAfter(key, entry.version() - 1).isEmpty()) findings.add(Fault.DIFFERENT, name + " is not in the store");
      }
    }
    long head = log.head(account);
    if (head != expected) findings.add(Fault.LOG_GAP, account + " ends at " + expected + ", its head says " + head);
    long sent = cursors.read(account, "kafka").map(cell -> Long.parseLong(cell.state())).orElse(0L);
    findings.add(Fault.NOT_IN_KAFKA, Math.abs(expected - sent), account + " cursor " + sent + ", log " + expected);
  }

  private void compareIndex(Map<OrderKey, Chain> chains, Findings findings) {
    var found = new HashSet<OrderKey>();
    try {
      index.read(
          (key, version) -> {
            if (!found.add(key)) findings.add(Fault.DOUBLED_IN_INDEX, key.toString());
            var chain = chains.get(key);
            if (chain == null) findings.add(Fault.STRANGER_IN_INDEX, key.toString());
            else if (version != chain.version()) findings.add(Fault.STALE_IN_INDEX, key + " is at " + version + ", store at " + chain.version());
          });
      chains.keySet().stream().filter(key -> !found.contains(key)).forEach(key -> findings.add(Fault.MISSING_IN_INDEX, key.toString()));
    } catch (PlainElasticsearch.Unreachable e) {
      findings.cannotSee(e.getMessage());
    }
  }
}
