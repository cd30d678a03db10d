package shop.orders.localstack.partners;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import shop.orders.localstack.client.Answer;
import shop.orders.localstack.client.OmsClient;
import shop.orders.localstack.client.OrderView;
import tools.jackson.core.JacksonException;

/** The calls a partner makes on one order, each patient in the way of {@link Patience}. */
final class Orders {
  private final OmsClient oms;
  private final Patience patience;

  Orders(OmsClient oms, Patience patience) {
    this.oms = oms;
    this.patience = patience;
  }

  /** @throws IOException also if there is no such order: a feed does not name what does not exist, so it is asked again later */
  OrderView read(String orderId) throws IOException, InterruptedException {
    var answer = patience.ask(() -> oms.get(path(orderId, "")));
    if (!answer.ok()) throw new IOException("reading the order answered " + answer.summary());
    try {
      return OrderView.parse(answer.body());
    } catch (JacksonException e) {
      throw new IOException("not an order: " + answer.summary(), e);
    }
  }

  Answer startHandling(String orderId) throws IOException, InterruptedException {
    return patience.ask(() -> oms.post(path(orderId, "/start-handling"), null));
  }

  Answer cancel(String orderId, Object body) throws IOException, InterruptedException {
    return patience.ask(() -> oms.post(path(orderId, "/cancel"), body));
  }

  Answer invoice(String orderId, Object body) throws IOException, InterruptedException {
    return patience.ask(() -> oms.post(path(orderId, "/invoice"), body));
  }

  Answer track(String orderId, String invoiceNumber, Object body) throws IOException, InterruptedException {
    return patience.ask(() -> oms.put(path(orderId, "/invoice/" + encoded(invoiceNumber) + "/tracking"), body));
  }

  private static String path(String orderId, String action) {
    return "/api/oms/pvt/orders/" + encoded(orderId) + action;
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
