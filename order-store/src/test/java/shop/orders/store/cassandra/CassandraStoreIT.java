package shop.orders.store.cassandra;

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
import shop.orders.store.WakeupsContract;

/** The real store keeps every contract, on a real server. */
class CassandraStoreIT {

  @Nested
  class OnOrders implements OrderStoreContract {
    @Override
    public StoreUnderTest underTest() {
      return TestKeyspace.shared();
    }
  }

  @Nested
  class OnWakeups implements WakeupsContract {
    @Override
    public StoreUnderTest underTest() {
      return TestKeyspace.shared();
    }
  }

  @Nested
  class OnEventLog implements EventLogContract {
    @Override
    public StoreUnderTest underTest() {
      return TestKeyspace.shared();
    }
  }

  @Nested
  class OnCursors implements CursorsContract {
    @Override
    public StoreUnderTest underTest() {
      return TestKeyspace.shared();
    }
  }

  @Nested
  class OnLeases implements LeasesContract {
    @Override
    public StoreUnderTest underTest() {
      return TestKeyspace.shared();
    }
  }

  @Nested
  class OnSettings implements SettingsContract {
    @Override
    public StoreUnderTest underTest() {
      return TestKeyspace.shared();
    }
  }

  @Nested
  class OnIdempotencyKeys implements IdempotencyKeysContract {
    @Override
    public StoreUnderTest underTest() {
      return TestKeyspace.shared();
    }
  }

  @Nested
  class OnReceipts implements ReceiptsContract {
    @Override
    public StoreUnderTest underTest() {
      return TestKeyspace.shared();
    }
  }

  @Nested
  class OnSequences implements SequencesContract {
    @Override
    public StoreUnderTest underTest() {
      return TestKeyspace.shared();
    }
  }

  @Nested
  class OnOrderDays implements OrderDaysContract {
    @Override
    public StoreUnderTest underTest() {
      return TestKeyspace.shared();
    }
  }

  @Nested
  class OnOrderScan implements OrderScanContract {
    @Override
    public StoreUnderTest underTest() {
      return TestKeyspace.shared();
    }
  }
}
