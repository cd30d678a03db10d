package shop.orders.workflow.action;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import shop.orders.model.Change;
import shop.orders.model.Change.CarrierEvent;
import shop.orders.model.Change.InvoicePatched;
import shop.orders.model.Change.Tracked;
import shop.orders.model.Decision;
import shop.orders.model.Order;
import shop.orders.web.ApiError;

/** What an order takes of news about its packages, and how much: it is read with all of its events whenever somebody works on it. */
final class PackageNews {
  static final int MOST_EVENTS = 500;
  static final int LARGEST = 32 * 1024;

  /** Reports and patches of one order, and their size together. */
  static final int MOST = 500;

  static final int LARGEST_IN_ALL = 256 * 1024;

  /** What a line of a report takes beside its texts. */
  private static final int PER_LINE = 64;

  private PackageNews() {}

  /** @throws ApiError 400 if it is longer than anything a carrier has to say */
  static void check(Tracked report) {
    if (report.events().size() > MOST_EVENTS) throw ApiError.invalid("events", "The events field must have at most " + MOST_EVENTS + " events.");
    if (size(report) > LARGEST) throw ApiError.invalid("events", "The report must have at most " + LARGEST + " bytes.");
  }

  /**
   * Records of a report what the order does not have: carriers send what they sent before, and what is new.
   *
   * @throws ApiError 409 if the order takes no more
   */
  static void record(Order order, Decision decision, Tracked report) {
    var earlier = order.changes(Tracked.class).stream().filter(t -> t.invoiceNumber().equals(report.invoiceNumber())).toList();
    var known = new HashSet<CarrierEvent>();
    for (var one : earlier) known.addAll(one.events());
    var fresh = report.events().stream().filter(known::add).toList();
    if (fresh.isEmpty() && !earlier.isEmpty() && saysTheSame(earlier.get(earlier.size() - 1), report)) return;
    recordIfRoom(order, decision, new Tracked(report.invoiceNumber(), report.delivered(), report.deliveredDate(), fresh));
  }

  /** @throws ApiError 409 if the order takes no more */
  static void recordIfRoom(Order order, Decision decision, Change news) {
    var all = Stream.concat(order.changes(Tracked.class).stream(), order.changes(InvoicePatched.class).stream()).toList();
    int size = size(news) + all.stream().mapToInt(PackageNews::size).sum();
    if (all.size() >= MOST || size > LARGEST_IN_ALL) {
      throw new ApiError(HttpStatus.CONFLICT, "OMS409", "The order has so much news of its packages that it takes no more: at most " + MOST + " reports and updates, " + LARGEST_IN_ALL + " bytes.");
    }
    decision.record(news);
  }

  private static boolean saysTheSame(Tracked one, Tracked other) {
    return one.delivered() == other.delivered() && Objects.equals(one.deliveredDate(), other.deliveredDate());
  }

  private static int size(Change news) {
    if (news instanceof InvoicePatched p) return PER_LINE + size(p.invoiceNumber(), p.trackingNumber(), p.trackingUrl(), p.dispatchedDate(), p.courier());
    if (!(news instanceof Tracked report)) return 0;
    int lines = report.events().stream().mapToInt(e -> PER_LINE + size(e.city(), e.state(), e.description(), e.date())).sum();
    return PER_LINE + size(report.invoiceNumber(), report.deliveredDate()) + lines;
  }

  private static int size(@Nullable String... texts) {
    int size = 0;
    for (var text : texts) if (text != null) size += text.getBytes(StandardCharsets.UTF_8).length;
    return size;
  }
}
