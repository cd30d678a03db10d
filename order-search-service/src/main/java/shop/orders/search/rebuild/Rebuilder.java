package shop.orders.search.rebuild;

import java.time.Duration;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import shop.orders.search.fill.Patience;
import shop.orders.search.index.Generations;
import shop.orders.search.index.IndexUnavailable;
import shop.orders.search.rebuild.Rebuild.Status;
import shop.orders.store.Lane;
import shop.orders.store.Leases;
import shop.orders.store.StoreUnavailable;
import shop.orders.web.lease.LeasedWork;

/**
 * Goes on with the rebuild if there is one, on one instance at a time and from the point reached, and clears away what none needs any
 * more: generations that were given up, and the previous one when nobody may swap back any longer.
 */
class Rebuilder implements LeasedWork {
  private static final Logger log = LoggerFactory.getLogger(Rebuilder.class);
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final int REBUILD = 0;
  private static final int CLEARING = 1;

  private final RebuildTools tools;
  private final Leases leases;
  private final String me = UUID.randomUUID().toString();
  private final AtomicBoolean running = new AtomicBoolean();
  private boolean troubled;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            var made = new Thread(work, "rebuilder");
            made.setDaemon(true);
            return made;
          });

  Rebuilder(RebuildTools tools, Leases leases) {
    this.tools = tools;
    this.leases = leases;
  }

  @Override
  public void stop() {
    LeasedWork.end(thread);
  }

  @Scheduled(fixedDelayString = "${orders.search.rebuild.look-every:1s}")
  void look() {
    try {
      var rebuild = tools.rebuilds().read();
      boolean toDo = rebuild.isPresent() && rebuild.get().status() == Status.RUNNING && !thread.isShutdown();
      if (toDo && running.compareAndSet(false, true)) thread.execute(this::run);
      if (!toDo) tools.meters().nothingToDo();
      giveUp(rebuild.map(Rebuild::isOpen).orElse(false));
      clear();
      troubled = false;
    } catch (StoreUnavailable | IndexUnavailable e) {
      if (!troubled) log.warn("whether there is something to rebuild or to clear away cannot be seen, tried again by itself: {}", e.getMessage());
      troubled = true;
    }
  }

  private void run() {
    try {
      var lease = leases.acquire(Lane.REBUILD, REBUILD, me, LEASE);
      if (lease.isEmpty()) {
        tools.meters().anothers();
        return;
      }
      tools.meters().begins(tools.clock().instant());
      try {
        // As it is now: another instance may have worked on it until this moment.
        var rebuild = tools.rebuilds().read().filter(now -> now.status() == Status.RUNNING);
        if (rebuild.isPresent()) new RebuildRun(rebuild.get(), tools, this::renew).run();
      } finally {
        LeasedWork.giveBack(leases, lease.get());
      }
    } catch (Patience.Stopped e) {
      log.info("the rebuild stops here: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.warn("the rebuild stops here, gone on with by itself", e);
    } finally {
      tools.meters().under(null);
      running.set(false);
    }
  }

  private void renew() {
    if (leases.acquire(Lane.REBUILD, REBUILD, me, LEASE).isEmpty()) throw new Patience.Stopped("another instance works on it now");
  }

  /** What is built and has no rebuild any more: it was cancelled. */
  private void giveUp(boolean open) {
    var building = tools.generations().current().building();
    if (open || building == null) return;
    // Read after the generations: one that began since then is open.
    if (tools.rebuilds().read().map(Rebuild::isOpen).orElse(false)) return;
    var now = tools.clock().instant();
    var state = tools.generations().update(all -> all.isBuilding(building.generation()) ? all.cancelled(now) : all);
    tools.indices().read(state.read());
  }

  private void clear() {
    var now = tools.clock().instant();
    var state = tools.generations().current();
    var previous = state.previous();
    boolean over = previous != null && previous.since().plus(tools.properties().keepPrevious()).isBefore(now);
    // Until then somebody may write to it, and make it again.
    var gone = state.deletable(now.minus(tools.generations().knownWithin()));
    if (!over && gone.isEmpty()) return;
    var lease = leases.acquire(Lane.REBUILD, CLEARING, me, LEASE);
    if (lease.isEmpty()) return;
    try {
      if (over) tools.generations().update(all -> previous.equals(all.previous()) ? all.withoutPrevious(now) : all);
      for (var each : gone) {
        tools.indices().delete(each.generation());
        tools.record().update(each.generation(), all -> new TreeMap<>());
        tools.generations().update(all -> all.deleted(each.generation()));
      }
    } finally {
      leases.release(lease.get());
    }
  }
}
