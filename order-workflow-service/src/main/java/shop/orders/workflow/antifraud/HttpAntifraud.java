package shop.orders.workflow.antifraud;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import shop.orders.model.Order;
import shop.orders.model.OrderDocument;
import shop.orders.store.OrderStore;
import shop.orders.workflow.account.Account.AntifraudProvider;

/** The provider protocol over HTTP, with a breaker per provider so that a dead one costs nobody a timeout. */
@Component
class HttpAntifraud implements Antifraud {
  private final OrderStore store;
  private final RestClient http;
  private final CircuitBreakerRegistry breakers =
      CircuitBreakerRegistry.of(
          CircuitBreakerConfig.custom()
              .slidingWindowSize(20)
              .minimumNumberOfCalls(10)
              .failureRateThreshold(50)
              .waitDurationInOpenState(Duration.ofSeconds(5))
              .permittedNumberOfCallsInHalfOpenState(3)
              .ignoreExceptions(HttpClientErrorException.NotFound.class)
              .build());

  HttpAntifraud(OrderStore store, AntifraudProperties properties, MeterRegistry meters) {
    this.store = store;
    // Bodies are written by threads that stay: the factory's own way is a new thread for each request.
    var threads = new CustomizableThreadFactory("antifraud-");
    threads.setDaemon(true);
    var writers = Executors.newCachedThreadPool(threads);
    var client = HttpClient.newBuilder().connectTimeout(properties.connectTimeout()).version(HttpClient.Version.HTTP_1_1).executor(writers).build();
    var factory = new JdkClientHttpRequestFactory(client, writers);
    factory.setReadTimeout(properties.answerTimeout());
    this.http = RestClient.builder().requestFactory(factory).build();
    TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
  }

  /** A provider's body; fields we have no use for are left out, unknown ones are ignored. */
  private record Body(@Nullable String id, @Nullable String tid, @Nullable String status, @Nullable String message) {}

  @Override
  public Answer send(AntifraudProvider provider, Order order) {
    var placed = store.documents(order.key()).get(order.placed().documentRev());
    var document = OrderDocument.stored(Objects.requireNonNull(placed, () -> order + " lost its document"));
    var id = AntifraudRequest.transactionId(order, document);
    return call(
        provider,
        id,
        () ->
            http.post()
                .uri(provider.url() + "/transactions")
                .headers(h -> credentials(provider, h::set))
                .contentType(MediaType.APPLICATION_JSON)
                .accept(MediaType.APPLICATION_JSON)
                .body(AntifraudRequest.of(order, document))
                .retrieve()
                .body(Body.class));
  }

  @Override
  public Optional<Answer> poll(AntifraudProvider provider, String transactionId) {
    try {
      return Optional.of(
          call(
              provider,
              transactionId,
              () ->
                  http.get()
                      .uri(provider.url() + "/transactions/{id}", transactionId)
                      .headers(h -> credentials(provider, h::set))
                      .accept(MediaType.APPLICATION_JSON)
                      .retrieve()
                      .body(Body.class)));
    } catch (PartnerUnavailable e) {
      if (e.getCause() instanceof HttpClientErrorException.NotFound) return Optional.empty();
      throw e;
    }
  }

  private Answer call(AntifraudProvider provider, String transactionId, Supplier<@Nullable Body> request) {
    try {
      var body = breakers.circuitBreaker(provider.url().getAuthority()).executeSupplier(request);
      var said = body == null ? null : body.status;
      var status =
          Arrays.stream(Status.values())
              .filter(s -> s.name().equalsIgnoreCase(said))
              .findFirst()
              .orElseThrow(() -> new PartnerUnavailable("the antifraud provider answered with status " + said, null));
      return new Answer(transactionId, body.tid, status, body.message);
    } catch (CallNotPermittedException e) {
      throw new PartnerUnavailable("the antifraud provider failed too often of late, it is given a pause", e);
    } catch (RestClientException e) {
      throw new PartnerUnavailable("the antifraud provider does not answer: " + e.getMessage(), e);
    }
  }

  private static void credentials(AntifraudProvider provider, BiConsumer<String, String> header) {
    if (provider.appKey() != null) header.accept("X-PROVIDER-API-AppKey", provider.appKey());
    if (provider.appToken() != null) header.accept("X-PROVIDER-API-AppToken", provider.appToken());
  }
}
