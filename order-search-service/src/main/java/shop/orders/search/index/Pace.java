package shop.orders.search.index;

import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limiter.BlockingLimiter;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * How much is sent to the server at once, by everybody in this process: half when it is too busy or slow, a little more whenever it keeps
 * up. Slowness alone leaves enough in a request for it to get on. Safe for use by many threads.
 */
final class Pace {
  /** A request that takes longer is too large, or one too many. */
  private static final Duration SLOW = Duration.ofSeconds(2);

  /**
   * No fewer documents for slowness: a server that takes as long for one as for many, with a slow disk, would get through nothing. As many as
   * a consumer works on at once, which must be done before its group thinks it dead.
   */
  private static final int FEW = 100;

  /** Longer than all the others before it can take, unless the server hangs. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** So many good answers lead from the fewest documents to the most. */
  private static final int STEPS = 20;

  private final int most;
  private final int few;
  private final int step;
  private final AtomicInteger documents;
  private final Limiter<Void> requests;
  private final LongSupplier nanos;

  Pace(int mostDocuments, int mostRequests, MeterRegistry meters) {
    this(mostDocuments, mostRequests, meters, System::nanoTime);
  }

  /** @param nanos as {@link System#nanoTime} */
  Pace(int mostDocuments, int mostRequests, MeterRegistry meters, LongSupplier nanos) {
    this.most = mostDocuments;
    this.few = Math.min(mostDocuments, FEW);
    this.step = Math.max(1, mostDocuments / STEPS);
    this.nanos = nanos;
    this.documents = new AtomicInteger(mostDocuments);
    var limit =
        AIMDLimit.newBuilder().initialLimit(mostRequests).minLimit(1).maxLimit(mostRequests).backoffRatio(0.5).timeout(SLOW.toMillis(), TimeUnit.MILLISECONDS).build();
    var limiter = SimpleLimiter.<Void>newBuilder().limit(limit).nanoClock(nanos).<Void>build();
    this.requests = BlockingLimiter.wrap(limiter, PATIENCE);
    Gauge.builder("orders.index.bulk.documents", documents, AtomicInteger::get).description("documents in one request, at most, as the server keeps up now").register(meters);
    Gauge.builder("orders.index.bulk.requests", limit, AIMDLimit::getLimit).description("requests at the same time, at most, as the server keeps up now").register(meters);
  }

  /** Documents that one request may hold now; 1 or more. */
  int documents() {
    return documents.get();
  }

  /** Waits until one more request may be sent. It must end with one of the methods of what is returned. @throws IndexUnavailable if it may not for long */
  Request begin() {
    var listener = requests.acquire(null).orElseThrow(() -> new IndexUnavailable("no request could be sent, those before are not answered"));
    return new Request(listener, nanos.getAsLong());
  }

  /** One request under way. */
  final class Request {
    private final Limiter.Listener listener;
    private final long begun;

    private Request(Limiter.Listener listener, long begun) {
      this.listener = listener;
      this.begun = begun;
    }

    /** Answered, and nothing in the answer says "too much". */
    void kept() {
      listener.onSuccess();
      if (nanos.getAsLong() - begun > SLOW.toNanos()) documents.updateAndGet(now -> now > few ? Math.max(few, now / 2) : Math.min(few, now + step));
      else documents.updateAndGet(now -> Math.min(most, now + step));
    }

    /** The server says it is too busy, or nothing. */
    void tooMuch() {
      listener.onDropped();
      documents.updateAndGet(now -> Math.max(1, now / 2));
    }

    /** Says nothing of how much the server can take. */
    void ignored() {
      listener.onIgnore();
    }
  }
}
