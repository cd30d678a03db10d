package shop.orders.workflow.antifraud;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import shop.orders.model.Order;
import shop.orders.store.OrderStore;
import shop.orders.web.trace.OrderTraces;
import shop.orders.workflow.account.Account.AntifraudProvider;
import shop.orders.workflow.partner.PartnerCalls;
import shop.orders.workflow.partner.PartnerUnavailable;

/** The provider protocol over HTTP. */
@Component
class HttpAntifraud implements Antifraud {
  private final OrderStore store;
  private final PartnerCalls calls;

  HttpAntifraud(OrderStore store, AntifraudProperties properties, MeterRegistry meters, OrderTraces traces) {
    this.store = store;
    this.calls = new PartnerCalls("antifraud provider", properties.connectTimeout(), properties.answerTimeout(), meters, traces);
  }

  /** A provider's body; fields we have no use for are left out, unknown ones are ignored. */
  private record Body(@Nullable String id, @Nullable String tid, @Nullable String status, @Nullable String message) {}

  @Override
  public Answer send(AntifraudProvider provider, Order order) {
    var document = store.placedDocument(order);
    var id = AntifraudRequest.transactionId(order, document);
    try {
      return call(
          provider,
          id,
          http ->
              http.post()
                  .uri(provider.url() + "/transactions")
                  .headers(h -> credentials(provider, h::set))
                  .contentType(MediaType.APPLICATION_JSON)
                  .accept(MediaType.APPLICATION_JSON)
                  .body(AntifraudRequest.of(order, document))
                  .retrieve()
                  .body(Body.class));
    } catch (HttpClientErrorException e) {
      throw new PartnerUnavailable("the antifraud provider refuses the transaction: " + e.getStatusCode(), e);
    }
  }

  @Override
  public Optional<Answer> poll(AntifraudProvider provider, String transactionId) {
    try {
      return Optional.of(
          call(
              provider,
              transactionId,
              http ->
                  http.get()
                      .uri(provider.url() + "/transactions/{id}", transactionId)
                      .headers(h -> credentials(provider, h::set))
                      .accept(MediaType.APPLICATION_JSON)
                      .retrieve()
                      .body(Body.class)));
    } catch (HttpClientErrorException.NotFound e) {
      return Optional.empty();
    } catch (HttpClientErrorException e) {
      throw new PartnerUnavailable("the antifraud provider refuses to tell: " + e.getStatusCode(), e);
    }
  }

  private Answer call(AntifraudProvider provider, String transactionId, Function<RestClient, @Nullable Body> request) {
    var body = calls.call(provider.url(), request);
    var said = body == null ? null : body.status;
    var status =
        Arrays.stream(Status.values())
            .filter(s -> s.name().equalsIgnoreCase(said))
            .findFirst()
            .orElseThrow(() -> new PartnerUnavailable("the antifraud provider answered with status " + said, null));
    return new Answer(transactionId, body.tid, status, body.message);
  }

  private static void credentials(AntifraudProvider provider, BiConsumer<String, String> header) {
    if (provider.appKey() != null) header.accept("X-PROVIDER-API-AppKey", provider.appKey());
    if (provider.appToken() != null) header.accept("X-PROVIDER-API-AppToken", provider.appToken());
  }
}
