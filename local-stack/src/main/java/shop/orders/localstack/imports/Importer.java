package shop.orders.localstack.imports;

import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import shop.orders.localstack.client.Connection;

/**
 * Sends documents to the import, several batches at once, until each is in or refused. Keeps no state of its own: what an earlier run
 * brought in is answered as unchanged, so a run that was broken off is started again as it was.
 */
final class Importer {
  private static final Duration HEARTBEAT = Duration.ofMillis(500);

  /**
   * @param live whether feeds and hooks hear of the orders and their timers run
   * @param batch orders in one request, 1 to 100
   * @param senders requests at once, 1 to 64
   * @param patience how long without any answer before the run is given up
   */
  record Settings(boolean live, int batch, int senders, Duration patience) {
    Settings {
      if (batch < 1 || batch > 100) throw new IllegalArgumentException("batch must be 1 to 100: " + batch);
      if (senders < 1 || senders > 64) throw new IllegalArgumentException("senders must be 1 to 64: " + senders);
      if (patience.isNegative() || patience.isZero()) throw new IllegalArgumentException("timeout must be positive: " + patience.toSeconds());
    }
  }

  private final Settings settings;
  private final Tally tally;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Sender sender;

  private Importer(Connection connection, Settings settings, Tally tally) {
    this.settings = settings;
    this.tally = tally;
    this.sender = new Sender(connection, settings.live(), tally, stopped);
  }

  /**
   * Returns when every document was answered for, the API does not let us in, or nothing was answered for too long.
   *
   * @param documents read once, by one thread, no faster than they are sent
   * @param progress told about twice a second, and once at the end
   */
  static void run(Connection connection, Iterable<SourceDocument> documents, Settings settings, Tally tally, Consumer<Tally.Standing> progress)
      throws InterruptedException {
    new Importer(connection, settings, tally).run(documents.iterator(), progress);
  }

  private void run(Iterator<SourceDocument> documents, Consumer<Tally.Standing> progress) throws InterruptedException {
    try {
      var reading = threads.submit(() -> sendAll(documents));
      while (!tally.finished() && tally.shutOut().isEmpty() && !tally.stoodStillFor(settings.patience())) {
        progress.accept(tally.standing());
        if (reading.isDone()) rethrow(reading);
        stopped.await(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
      }
      progress.accept(tally.standing());
    } finally {
      stopped.countDown();
      threads.shutdownNow();
    }
  }

  private Void sendAll(Iterator<SourceDocument> documents) throws InterruptedException {
    var free = new Semaphore(settings.senders());
    var batches = new Batches(documents, settings.batch());
    while (batches.hasNext() && stopped.getCount() > 0) {
      var batch = batches.next();
      tally.taken(batch.size());
      free.acquire();
      threads.submit(() -> {
        try {
          sender.send(batch);
        } finally {
          free.release();
        }
        return null;
      });
    }
    tally.allTaken();
    return null;
  }

  private static void rethrow(Future<?> reading) throws InterruptedException {
    try {
      reading.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException broken) throw broken;
      throw new IllegalStateException("the source of documents broke", e.getCause());
    }
  }
}
