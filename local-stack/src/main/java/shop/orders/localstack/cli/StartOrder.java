package shop.orders.localstack.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import shop.orders.localstack.server.LogTail;
import shop.orders.localstack.server.Pause;
import shop.orders.localstack.server.ServerFailed;

/** Starts the processes that do not run, each as soon as what it cannot start without is there. */
final class StartOrder {
  private static final Duration FEEDS_LIMIT = Duration.ofMinutes(1);

  private final Stack stack;
  private final DemoAccount account;
  private final PrintWriter out;
  private final long begin = System.nanoTime();

  StartOrder(Stack stack, DemoAccount account, PrintWriter out) {
    this.stack = stack;
    this.account = account;
    this.out = out;
  }

  /** Returns when all are ready. @throws ServerFailed with the first failure; others may still be starting or running */
  void start() {
    var threads = Executors.newCachedThreadPool();
    try {
      var cassandra = CompletableFuture.runAsync(() -> start(PortName.CASSANDRA), threads);
      var kafka = CompletableFuture.runAsync(() -> start(PortName.KAFKA), threads);
      var elasticsearch = CompletableFuture.runAsync(() -> start(PortName.ELASTICSEARCH), threads);
      var frontDoor = CompletableFuture.runAsync(() -> start(PortName.FRONT_DOOR), threads);
      // The services wait for nobody but the store.
      var workflow = cassandra.thenRunAsync(() -> start(PortName.ORDER_WORKFLOW_SERVICE), threads);
      var search = cassandra.thenRunAsync(() -> start(PortName.ORDER_SEARCH_SERVICE), threads);
      // Without their keys the partners would be refused; without their feeds they would miss the first orders.
      var partners = workflow.thenRunAsync(account::create, threads)
          .thenCombineAsync(frontDoor, (made, open) -> null, threads)
          .thenRunAsync(() -> start(PortName.PARTNERS), threads)
          .thenRunAsync(this::awaitFeeds, threads);
      firstFailureOrAll(cassandra, kafka, elasticsearch, frontDoor, workflow, search, partners).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ServerFailed failed) throw failed;
      throw e;
    } finally {
      end(threads);
    }
  }

  /** Whoever cleans up after a failure must not be overtaken by one more start. */
  private static void end(ExecutorService threads) {
    threads.shutdownNow();
    try {
      threads.awaitTermination(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void start(PortName name) {
    var from = System.nanoTime();
    var process = stack.get(name);
    if (process.process().pid().isPresent()) return;
    process.start();
    say("%-24s ready after %4.1f s (took %.1f s), port %d", name, seconds(begin), seconds(from), stack.ports().of(name));
  }

  private void awaitFeeds() {
    var partners = stack.get(PortName.PARTNERS);
    var deadline = System.nanoTime() + FEEDS_LIMIT.toNanos();
    while (!partners.ready()) {
      if (System.nanoTime() > deadline) {
        throw new ServerFailed("the partners cannot set up their feeds. Their log, " + partners.log() + ", ends with:\n" + LogTail.of(partners.log(), 25));
      }
      Pause.of(Duration.ofMillis(100));
    }
  }

  private synchronized void say(String format, Object... values) {
    out.printf(Locale.ROOT, "  " + format + "%n", values);
    out.flush();
  }

  private static CompletableFuture<Void> firstFailureOrAll(CompletableFuture<?>... all) {
    var result = CompletableFuture.allOf(all);
    for (var each : all) {
      each.whenComplete((value, failure) -> {
        if (failure != null) result.completeExceptionally(failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
      });
    }
    return result;
  }

  private static double seconds(long from) {
    return (System.nanoTime() - from) / 1e9;
  }
}
