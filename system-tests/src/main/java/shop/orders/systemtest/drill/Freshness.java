package shop.orders.systemtest.drill;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import shop.orders.localstack.client.Json;
import shop.orders.localstack.client.OmsClient;

/** What the order list says of itself. */
final class Freshness {
  private final OmsClient api;

  Freshness(OmsClient api) {
    this.api = api;
  }

  /** Up to which moment every change is in the list, and all orders are; empty if there is no list, or it is not sure. */
  Optional<Instant> ofWholeList() throws InterruptedException {
    try {
      var answer = api.get("/api/oms/pvt/orders?per_page=1");
      if (!answer.ok()) return Optional.empty();
      var search = Json.MAPPER.readTree(answer.body()).path("search");
      var asOf = search.path("freshAsOf").asString("");
      return search.path("complete").asBoolean(false) && !asOf.isEmpty() ? Optional.of(Instant.parse(asOf)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
