package shop.orders.workflow.feed;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;

/** What a read of a feed answers. Gaps are told beside the items, since connectors take every item for an order's. */
final class FeedAnswer {
  static final String GAP = "X-Feed-Gap";

  /** A header has only so much room; all of them are at {@code /api/orders/feed/gaps}. */
  private static final int MOST_IN_HEADER = 20;

  private FeedAnswer() {}

  static ResponseEntity<List<FeedItem>> of(Deliveries.Read read) {
    return of(read.items(), read.gaps());
  }

  static ResponseEntity<List<FeedItem>> of(List<FeedItem> items, Ranges gaps) {
    var answer = ResponseEntity.ok();
    if (!gaps.isEmpty()) {
      answer.header(GAP, gaps.list().stream().limit(MOST_IN_HEADER).map(r -> r.from() + "-" + r.to()).collect(Collectors.joining(", ")));
    }
    return answer.body(items);
  }
}
