package shop.orders.localstack.imports;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import shop.orders.localstack.replay.Basket;
import shop.orders.localstack.replay.Dice;
import shop.orders.localstack.replay.OlistData;
import shop.orders.localstack.replay.OlistOrders;
import shop.orders.localstack.replay.OrderDocuments;
import shop.orders.localstack.replay.Problem;
import shop.orders.localstack.replay.UnusableData;
import shop.orders.localstack.replay.WantedEnd;
import shop.orders.model.OrderStatus;

/** The Olist orders as they ended, with their own dates: the same files make the same documents, byte for byte. */
final class OlistHistory {
  /** The files' zone: local time of Brazil, which they do not say. */
  private static final ZoneOffset BRAZIL = ZoneOffset.ofHours(-3);

  private OlistHistory() {}

  /** @param problems as for {@link OlistOrders} */
  static OlistOrders<SourceDocument> read(Path directory, String account, Consumer<Problem> problems) throws UnusableData {
    return OlistOrders.read(directory, (order, basket) -> document(order, basket, account), problems);
  }

  private static SourceDocument document(OlistData.Order order, Basket basket, String account) {
    var life = life(order, basket.end());
    var document = OrderDocuments.plan(basket, new Dice(2, order.id().hashCode()), life.created()).document();
    PastOrder.write(document, new PastOrder.Identity(account, order.id(), sequence(order.id())), life);
    return SourceDocument.of("orders.csv:" + order.line(), document);
  }

  private static Life life(OlistData.Order order, WantedEnd end) {
    boolean canceled = end == WantedEnd.CANCELED;
    return new Life(
        status(end), instant(order.purchased()), orNone(order.approved()), null, orNone(order.carried()), orNone(order.delivered()), end == WantedEnd.DELIVERED,
        null, instant(order.promised()), canceled ? order.status() : null);
  }

  private static OrderStatus status(WantedEnd end) {
    return switch (end) {
      case PAYMENT_PENDING -> OrderStatus.PAYMENT_PENDING;
      case READY -> OrderStatus.READY_FOR_HANDLING;
      case HANDLING -> OrderStatus.HANDLING;
      case INVOICED, SHIPPED, DELIVERED -> OrderStatus.INVOICED;
      case CANCELED -> OrderStatus.CANCELED;
    };
  }

  /** Twelve digits of the id alone, since the data has no number and rows may come in any order. */
  private static String sequence(String orderId) {
    long mixed = UUID.nameUUIDFromBytes(orderId.getBytes(StandardCharsets.UTF_8)).getLeastSignificantBits() >>> 1;
    return String.valueOf(100_000_000_000L + mixed % 900_000_000_000L);
  }

  private static Instant instant(LocalDateTime local) {
    return local.toInstant(BRAZIL);
  }

  private static @Nullable Instant orNone(@Nullable LocalDateTime local) {
    return local == null ? null : instant(local);
  }
}
