package shop.orders.search.fill;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing until it is done, however long that takes: bounded in how often it tries, not in how many times. For one thread. */
public final class Patience {
  private static final Logger log = LoggerFactory.getLogger(Patience.class);

  private final Duration longest;
  private final Runnable between;
  private Duration pause;

  /**
   * @param longest pause between tries; the first is a tenth of it
   * @param between run after each pause; what it throws ends the waiting
   */
  public Patience(Duration longest, Runnable between) {
    this.longest = longest;
    this.between = between;
    this.pause = longest.dividedBy(10);
  }

  /**
   * @param what the log calls it
   * @return nanoseconds the try took that did it: waiting is no work
   * @throws Stopped if {@code work} says so, or this thread is interrupted
   */
  public long until(String what, Runnable work) {
    boolean troubled = false;
    while (true) {
      long begun = System.nanoTime();
      try {
        work.run();
        long took = System.nanoTime() - begun;
        if (troubled) log.info("going on with {}", what);
        return took;
      } catch (Stopped e) {
        throw e;
      } catch (RuntimeException e) {
        if (Thread.currentThread().isInterrupted()) throw new Stopped("this instance ends");
        // Whatever it is, going on without these orders would leave a hole nobody knows of.
        if (!troubled) log.warn("waiting at {}, tried again by itself: {}", what, e.toString());
        troubled = true;
        rest(pause);
        pause = pause.multipliedBy(2).compareTo(longest) < 0 ? pause.multipliedBy(2) : longest;
        between.run();
      }
    }
  }

  /** @throws Stopped if this thread is interrupted */
  public static void rest(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stopped("this instance ends");
    }
  }

  /** No failure: not ours to do any more. */
  public static final class Stopped extends RuntimeException {
    public Stopped(String why) {
      super(why);
    }
  }
}
