package shop.orders.web.status;

import java.time.Instant;
import java.util.List;

/** Changes of state, newest first. */
record HistoryView(List<ChangeView> changes) {
  /** @param sentence what was said when it changed */
  record ChangeView(String capability, State state, Instant since, String sentence) {}
}
