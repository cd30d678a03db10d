package shop.orders.localstack.partners;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.localstack.client.OrderView;
import shop.orders.localstack.replay.WantedEnd;

/**
 * Carries what is invoiced: reports the package on its way, and then delivered unless the order is to end before. Every report tells the
 * whole story so far, so that a report sent twice says nothing new.
 */
final class Carrier implements FeedHandler {
  static final List<String> STATUSES = List.of("invoiced");

  private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);

  private final Orders orders;
  private final Clock clock;

  Carrier(Orders orders, Clock clock) {
    this.orders = orders;
    this.clock = clock;
  }

  @Override
  public boolean handle(FeedEvent event) throws IOException, InterruptedException {
    var order = orders.read(event.orderId());
    var wanted = WantedEnd.of(order);
    if (wanted != WantedEnd.SHIPPED && wanted != WantedEnd.DELIVERED) return true;
    for (var sale : order.sales()) {
      if (!carried(order, sale, wanted)) return false;
    }
    return true;
  }

  private boolean carried(OrderView order, OrderView.Package sale, WantedEnd wanted) throws IOException, InterruptedException {
    var number = sale.invoiceNumber();
    if (number == null || sale.delivered()) return true;
    if (!sale.tracked() && !report(order, sale, number, false)) return false;
    return wanted == WantedEnd.SHIPPED || report(order, sale, number, true);
  }

  private boolean report(OrderView order, OrderView.Package sale, String invoiceNumber, boolean delivered) throws IOException, InterruptedException {
    var answer = orders.track(order.orderId(), invoiceNumber, tracking(order, sale, delivered, clock.instant()));
    if (!answer.ok()) LOG.warn("order {}: tracking answered {}", order.orderId(), answer.summary());
    return answer.ok();
  }

  private static Map<String, @Nullable Object> tracking(OrderView order, OrderView.Package sale, boolean delivered, Instant now) {
    // by the invoice's date, not by now: a line that is told again must be the same line
    var collected = event("Cajamar", "SP", "Coletado pela transportadora", Objects.requireNonNullElse(sale.issuanceDate(), now.toString()));
    var tracking = new LinkedHashMap<String, @Nullable Object>();
    tracking.put("isDelivered", delivered);
    tracking.put("deliveredDate", delivered ? now.toString() : null);
    tracking.put("events", delivered ? List.of(collected, arrived(order, now)) : List.of(collected));
    return tracking;
  }

  private static Map<String, String> arrived(OrderView order, Instant now) {
    var address = order.shippingData() == null ? null : order.shippingData().address();
    return address == null
        ? event("", "", "Entregue ao destinatário", now.toString())
        : event(Objects.requireNonNullElse(address.city(), ""), Objects.requireNonNullElse(address.state(), ""), "Entregue ao destinatário", now.toString());
  }

  private static Map<String, String> event(String city, String state, String description, String date) {
    return Map.of("city", city, "state", state, "description", description, "date", date);
  }
}
