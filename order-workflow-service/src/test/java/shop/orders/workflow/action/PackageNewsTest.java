package shop.orders.workflow.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import shop.orders.model.Change;
import shop.orders.model.Change.CarrierEvent;
import shop.orders.model.Change.InvoicePatched;
import shop.orders.model.Change.Tracked;
import shop.orders.model.Decision;
import shop.orders.model.Flow;
import shop.orders.model.Order;
import shop.orders.model.OrderKey;
import shop.orders.web.ApiError;

class PackageNewsTest {
  private Order order =
      Decision.place(new OrderKey("demo", "v1demo-01"), new Change.Placed(Flow.COMPLETE, "rev", 1160, "1", "v1demo"), UUID.randomUUID(), Instant.EPOCH, "key:test").result();

  @Test
  void ofAReport_whatIsNewIsKept() {
    report(report("N1", false, line(1)));
    report(report("N1", false, line(1), line(2), line(2)));
    report(report("N1", false, line(2), line(1)));
    report(report("N2", false, line(1)));
    report(report("N1", true, line(1)));
    assertThat(order.changes(Tracked.class))
        .containsExactly(report("N1", false, line(1)), report("N1", false, line(2)), report("N2", false, line(1)), report("N1", true));
    report(report("N1", true));
    report(new Tracked("N1", true, "2026-11-25", List.of()));
    report(report("N1", false));
    assertThat(order.changes(Tracked.class)).hasSize(6).last().isEqualTo(report("N1", false));
  }

  @Test
  void aReport_hasAnEnd() {
    PackageNews.check(new Tracked("N1", false, null, Collections.nCopies(PackageNews.MOST_EVENTS, new CarrierEvent(null, null, null, null))));
    assertRefused(400, () -> PackageNews.check(new Tracked("N1", false, null, Collections.nCopies(PackageNews.MOST_EVENTS + 1, line(1)))));
    assertRefused(400, () -> PackageNews.check(new Tracked("N1", false, null, Collections.nCopies(17, new CarrierEvent("ä".repeat(1_000), null, null, null)))));
  }

  @Test
  void anOrder_takesSoManyReportsAndPatchesAndNoMore() {
    IntStream.range(0, PackageNews.MOST / 2).forEach(i -> {
      report(report("N1", false, line(i)));
      patch("T" + i);
    });
    assertRefused(409, () -> report(report("N1", false, line(-1))));
    assertRefused(409, () -> patch("T"));
    long version = order.version();
    report(report("N1", false, line(1)));
    assertThat(order.version()).as("one that says nothing new is no trouble").isEqualTo(version);
  }

  @Test
  void anOrder_takesReportsOfSuchASizeAndNoMore() {
    var taken = new ArrayList<Integer>();
    assertRefused(409, () -> {
      for (int i = 0; i < PackageNews.MOST; i++) {
        report(report("N1", false, new CarrierEvent("x".repeat(2_000), "y".repeat(2_000), "z".repeat(2_000), i + "")));
        taken.add(i);
      }
    });
    assertThat(taken).hasSize(42);
    patch("T1");
    assertRefused(409, () -> patch("T".repeat(2_000) + "U".repeat(10_000)));
  }

  private void report(Tracked report) {
    var decision = decision();
    PackageNews.record(order, decision, report);
    order = decision.result();
  }

  private void patch(String trackingNumber) {
    var decision = decision();
    PackageNews.recordIfRoom(order, decision, new InvoicePatched("N1", trackingNumber, null, null, null));
    order = decision.result();
  }

  private Decision decision() {
    return Decision.on(order, UUID.randomUUID(), Instant.EPOCH, "key:test");
  }

  private static void assertRefused(int status, Runnable call) {
    assertThatThrownBy(call::run).isInstanceOfSatisfying(ApiError.class, e -> assertThat(e.status().value()).isEqualTo(status));
  }

  private static Tracked report(String invoice, boolean delivered, CarrierEvent... lines) {
    return new Tracked(invoice, delivered, null, List.of(lines));
  }

  private static CarrierEvent line(int number) {
    return new CarrierEvent("Rio", "RJ", "line " + number, "2026-11-24");
  }
}
