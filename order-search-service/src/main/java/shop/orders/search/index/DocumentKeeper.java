package shop.orders.search.index;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.search.index.OrderReader.Made;
import shop.orders.store.KeptDocument;
import shop.orders.store.OrderDays;
import shop.orders.store.StoreUnavailable;

/**
 * Keeps documents beside their orders in the store, where a rebuild finds them ready. They are copies: one that is missing is made again,
 * one that is behind is found by the proof. Safe for use by many threads.
 */
class DocumentKeeper {
  private static final Logger log = LoggerFactory.getLogger(DocumentKeeper.class);

  /** One in some hundred is larger, and made again: thousands are in memory at once. */
  private static final int LARGEST = 16 << 10;

  private final OrderDays days;
  private final Counter kept;
  private final Counter failed;

  DocumentKeeper(OrderDays days, MeterRegistry meters) {
    this.days = days;
    this.kept = documents(meters, "kept");
    this.failed = documents(meters, "failed");
  }

  private static Counter documents(MeterRegistry meters, String outcome) {
    return Counter.builder("orders.index.kept").tag("outcome", outcome).description("documents written beside their orders, for the next rebuild").register(meters);
  }

  /** Those that were made just now, and are whole. */
  void keep(List<Made> documents) {
    var whole =
        documents.stream()
            .filter(Made.Document.class::isInstance)
            .map(Made.Document.class::cast)
            .filter(each -> each.problem() == null && each.content().json().length <= LARGEST)
            .map(each -> new KeptDocument(each.key(), each.content().createdAt(), each.content().version(), each.content().json()))
            .toList();
    if (whole.isEmpty()) return;
    try {
      days.keep(whole);
      kept.increment(whole.size());
    } catch (StoreUnavailable e) {
      failed.increment(whole.size());
      log.debug("{} documents are not kept: {}", whole.size(), e.getMessage());
    }
  }

  /** What is to be sent as it is; empty if there is none, or this program would make another. */
  static Optional<Made.Kept> ready(KeptDocument found) {
    var json = found.json();
    long version = IndexDocument.orderVersion(found.version());
    if (json == null || found.version() != IndexDocument.externalVersion(version, OrderProjection.PROJECTION, false)) return Optional.empty();
    return Optional.of(new Made.Kept(found.key(), version, new Write.Content(found.createdAt(), IndexDocument.id(found.key()), found.version(), json)));
  }
}
