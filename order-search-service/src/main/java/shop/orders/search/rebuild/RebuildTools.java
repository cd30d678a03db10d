package shop.orders.search.rebuild;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import shop.orders.search.check.Checker;
import shop.orders.search.index.Generations;
import shop.orders.search.index.IndexRecord;
import shop.orders.search.index.IndexedVersions;
import shop.orders.search.index.Indexer;
import shop.orders.search.index.Indices;
import shop.orders.search.index.OrderSearch;
import shop.orders.store.EventLog;
import shop.orders.store.OrderDays;
import shop.orders.store.OrderScan;
import shop.orders.store.OrderStore;
import shop.orders.store.Settings;

/** What a rebuild works with. */
record RebuildTools(
    Rebuilds rebuilds,
    Generations generations,
    Indices indices,
    IndexRecord record,
    IndexedVersions indexed,
    Indexer indexer,
    OrderSearch search,
    ObjectProvider<Checker> checker,
    OrderStore store,
    EventLog log,
    OrderDays days,
    OrderScan scan,
    Settings settings,
    RebuildMeters meters,
    RebuildProperties properties,
    Clock clock) {}
