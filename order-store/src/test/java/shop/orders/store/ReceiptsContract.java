package shop.orders.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Holds for every {@link Receipts}. */
public interface ReceiptsContract {
  Instant TAKEN = Instant.parse("2026-11-24T12:00:00.123456Z");

  StoreUnderTest underTest();

  private Receipts receipts() {
    return underTest().stores().receipts();
  }

  @Test
  default void find_tellsWhatWasSaved() {
    var order = SampleOrders.newKey();
    var done = new Receipts.Entry(UUID.randomUUID(), order, "invoice", TAKEN, null);
    var unchanged = new Receipts.Entry(UUID.randomUUID(), order, "cancel", TAKEN, 7L);
    receipts().save(done);
    receipts().save(unchanged);
    var toTheMillisecond = Instant.parse("2026-11-24T12:00:00.123Z");
    assertThat(receipts().find(order.account(), done.id())).contains(new Receipts.Entry(done.id(), order, "invoice", toTheMillisecond, null));
    assertThat(receipts().find(order.account(), unchanged.id())).contains(new Receipts.Entry(unchanged.id(), order, "cancel", toTheMillisecond, 7L));
  }

  @Test
  default void find_knowsNoReceiptOfAnotherAccount() {
    var entry = new Receipts.Entry(UUID.randomUUID(), SampleOrders.newKey(SampleOrders.newAccount()), "invoice", TAKEN, null);
    receipts().save(entry);
    assertThat(receipts().find(SampleOrders.newAccount(), entry.id())).isEmpty();
    assertThat(receipts().find(entry.order().account(), UUID.randomUUID())).isEmpty();
  }

  /** A command that lost its race and then found nothing to do keeps its id. */
  @Test
  default void save_overwrites() {
    var order = SampleOrders.newKey();
    var id = UUID.randomUUID();
    receipts().save(new Receipts.Entry(id, order, "invoice", TAKEN, null));
    receipts().save(new Receipts.Entry(id, order, "invoice", TAKEN, 9L));
    assertThat(receipts().find(order.account(), id)).map(Receipts.Entry::unchangedAt).contains(9L);
  }
}
