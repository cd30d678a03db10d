package shop.orders.store.memory;

import java.time.Instant;
import org.junit.jupiter.api.Nested;
import shop.orders.store.CursorsContract;
import shop.orders.store.EventLogContract;
import shop.orders.store.IdempotencyKeysContract;
import shop.orders.store.LeasesContract;
import shop.orders.store.OrderDaysContract;
import shop.orders.store.OrderScanContract;
import shop.orders.store.OrderStoreContract;
import shop.orders.store.ReceiptsContract;
import shop.orders.store.SequencesContract;
import shop.orders.store.SettingsContract;
import shop.orders.store.StoreUnderTest;
import shop.orders.store.TestClock;
import shop.orders.store.WakeupsContract;

/** The twin keeps every contract. */
class InMemoryStoreTest {
  private static final StoreUnderTest UNDER_TEST = underTest();

  private static StoreUnderTest underTest() {
    var clock = new TestClock(Instant.parse("2026-11-23T12:00:00.123456Z"));
    var store = new InMemoryStore(clock);
    return new StoreUnderTest(store.stores(), store.faults(), clock);
  }

  @Nested
  class OnOrders implements OrderStoreContract {
    @Override
    public StoreUnderTest underTest() {
      return UNDER_TEST;
    }
  }

  @Nested
  class OnWakeups implements WakeupsContract {
    @Override
    public StoreUnderTest underTest() {
      return UNDER_TEST;
    }
  }

  @Nested
  class OnEventLog implements EventLogContract {
    @Override
    public StoreUnderTest underTest() {
      return UNDER_TEST;
    }
  }

  @Nested
  class OnCursors implements CursorsContract {
    @Override
    public StoreUnderTest underTest() {
      return UNDER_TEST;
    }
  }

  @Nested
  class OnLeases implements LeasesContract {
    @Override
    public StoreUnderTest underTest() {
      return UNDER_TEST;
    }
  }

  @Nested
  class OnSettings implements SettingsContract {
    @Override
    public StoreUnderTest underTest() {
      return UNDER_TEST;
    }
  }

  @Nested
  class OnIdempotencyKeys implements IdempotencyKeysContract {
    @Override
    public StoreUnderTest underTest() {
      return UNDER_TEST;
    }
  }

  @Nested
  class OnReceipts implements ReceiptsContract {
    @Override
    public StoreUnderTest underTest() {
      return UNDER_TEST;
    }
  }

  @Nested
  class OnSequences implements SequencesContract {
    @Override
    public StoreUnderTest underTest() {
      return UNDER_TEST;
    }
  }

  @Nested
  class OnOrderDays implements OrderDaysContract {
    @Override
    public StoreUnderTest underTest() {
      return UNDER_TEST;
    }
  }

  @Nested
  class OnOrderScan implements OrderScanContract {
    @Override
    public StoreUnderTest underTest() {
      return UNDER_TEST;
    }
  }
}
