package shop.orders.workflow.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shop.orders.model.VtexDates;

/**
 * What retention removed from the log before a feed's reader was done with it, as the reader is told.
 *
 * @param from to: numbers of the account's log; between them some may not be missing
 * @param quantity how many are missing
 * @param state {@code refilling}, {@code refilled}, {@code incomplete} (fewer were found than were missing) or {@code acknowledged}
 * @param since until: between these the missing events were decided; null as long as nobody looked for them
 * @param refilled how many events were found in the orders and put into the feed; its filter decides which of them are delivered
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Gap(long from, long to, long quantity, String state, @Nullable String since, @Nullable String until, long refilled) {
  private static final String REFILLING = "refilling";

  /** All that are known, in the order of their numbers. */
  static List<Gap> of(FeedState state) {
    var gaps = new ArrayList<Gap>();
    var job = state.refill().job();
    var open = state.gaps();
    if (job != null) {
      gaps.add(new Gap(job.from(), job.to(), job.quantity(), REFILLING, date(job.since()), date(job.until()), job.found()));
      open = open.without(job.from(), job.to());
    }
    open.list().forEach(range -> gaps.add(new Gap(range.from(), range.to(), range.quantity(), REFILLING, null, null, 0)));
    for (var one : state.refill().closed()) {
      var ranges = one.removed().list();
      gaps.add(
          new Gap(ranges.get(0).from(), ranges.get(ranges.size() - 1).to(), one.removed().quantity(), one.state().wire(), date(one.since()), date(one.until()), one.found()));
    }
    gaps.sort(Comparator.comparingLong(Gap::from));
    return gaps;
  }

  private static @Nullable String date(@Nullable Instant at) {
    return at == null ? null : VtexDates.feed(at);
  }
}
