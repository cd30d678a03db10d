package shop.orders.workflow.partner;

import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import shop.orders.web.trace.OrderTraces;

/**
 * One kind of partner over HTTP, with a breaker per address so that a dead one costs nobody a timeout, and a bulkhead so that one that
 * answers late, which opens no breaker, does not take the threads of all. Safe for use by many threads.
 */
public final class PartnerCalls {
  /** Calls of one address under way at one time. A quarter of the threads that look at orders. */
  public static final int AT_ONCE = 6;

  private final String kind;
  private final RestClient http;
  private final CircuitBreakerRegistry breakers;
  private final BulkheadRegistry bulkheads = BulkheadRegistry.of(BulkheadConfig.custom().maxConcurrentCalls(AT_ONCE).maxWaitDuration(Duration.ZERO).build());
  private final MeterRegistry meters;
  private final OrderTraces traces;

  /**
   * @param kind names the partners in messages and threads: {@code antifraud provider}
   * @param connectTimeout for the connection
   * @param answerTimeout for the whole answer
   */
  public PartnerCalls(String kind, Duration connectTimeout, Duration answerTimeout, MeterRegistry meters, OrderTraces traces) {
    this.kind = kind;
    // Bodies are written by threads that stay: the factory's own way is a new thread for each request.
    var threads = new CustomizableThreadFactory(kind.replace(' ', '-') + "-");
    threads.setDaemon(true);
    var writers = Executors.newCachedThreadPool(threads);
    var client = HttpClient.newBuilder().connectTimeout(connectTimeout).version(HttpClient.Version.HTTP_1_1).executor(writers).build();
    var factory = new JdkClientHttpRequestFactory(client, writers);
    factory.setReadTimeout(answerTimeout);
    this.http = RestClient.builder().requestFactory(factory).build();
    this.breakers =
        CircuitBreakerRegistry.of(
            CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .failureRateThreshold(50)
                .waitDurationInOpenState(Duration.ofSeconds(5))
                .permittedNumberOfCallsInHalfOpenState(3)
                .ignoreException(PartnerCalls::isRefusal)
                .build());
    this.meters = meters;
    this.traces = traces;
    TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
  }

  /**
   * @return null if the partner answered with an empty body
   * @throws HttpClientErrorException if the partner understood, and refused: asking again would not help
   * @throws PartnerBusy if it has enough to answer
   * @throws PartnerUnavailable if there is no usable answer
   */
  public <T> @Nullable T call(URI partner, Function<RestClient, @Nullable T> request) {
    long began = System.nanoTime();
    var outcome = "failed";
    try {
      var breaker = breakers.circuitBreaker(partner.getAuthority());
      var bulkhead = bulkheads.bulkhead(partner.getAuthority());
      var answer = bulkhead.executeSupplier(() -> traces.<@Nullable T>call(kind + " call", () -> breaker.executeSupplier(() -> request.apply(http))));
      outcome = "answered";
      return answer;
    } catch (BulkheadFullException e) {
      outcome = "busy";
      throw new PartnerBusy("the " + kind + " has " + AT_ONCE + " calls to answer before this one", e);
    } catch (CallNotPermittedException e) {
      outcome = "paused";
      throw new PartnerUnavailable("the " + kind + " failed too often of late, it is given a pause", e);
    } catch (RestClientException e) {
      outcome = isRefusal(e) ? "refused" : "unavailable";
      if (isRefusal(e)) throw e;
      // Not its message: that quotes the partner's body, which may quote the customer's data.
      var what = e instanceof RestClientResponseException answered ? "answers " + answered.getStatusCode() : "does not answer: " + e.getClass().getSimpleName();
      throw new PartnerUnavailable("the " + kind + " " + what, e);
    } finally {
      timer(outcome).record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }
  }

  private Timer timer(String outcome) {
    return Timer.builder("orders.partner.calls")
        .tag("kind", kind.replace(' ', '-'))
        .tag("outcome", outcome)
        .description("calls of partners, by how they ended")
        .publishPercentileHistogram()
        .register(meters);
  }

  /** A 4xx, save those that say "not now". */
  private static boolean isRefusal(Throwable e) {
    return e instanceof HttpClientErrorException refused && refused.getStatusCode().value() != 408 && refused.getStatusCode().value() != 429;
  }
}
