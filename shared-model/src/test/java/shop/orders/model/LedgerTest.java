package shop.orders.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import shop.orders.model.Change.InvoiceType;
import shop.orders.model.Ledger.Pieces;
import shop.orders.model.Ledger.Wanted;

class LedgerTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void invoice_findsTheLineOfItsPriceThenTheFirstWithRoom() {
    var ledger = life(line("A", 1000, 2), line("A", 900, 1)).ledger();
    assertThat(ledger.invoice(InvoiceType.Output, 0, List.of(wanted("A", 900L, 2)))).containsExactly(new Pieces(0, 0, 1), new Pieces(0, 1, 1));
    assertThat(ledger.invoice(InvoiceType.Output, 0, List.of(wanted("A", 5L, 1)))).containsExactly(new Pieces(0, 0, 1));
    assertThat(ledger.invoice(InvoiceType.Output, 0, List.of(wanted("A", null, 1), new Wanted("A", 0L, null, null, 2))))
        .as("who names a line is served first").containsExactly(new Pieces(0, 1, 1), new Pieces(1, 0, 2));
    assertThat(ledger.invoice(InvoiceType.Output, 0, List.of(new Wanted("A", null, "U1", null, 1)))).containsExactly(new Pieces(0, 1, 1));
  }

  @Test
  void invoice_isRefusedForMoreThanThereIs() {
    var ledger = life(line("A", 1000, 2)).ledger();
    assertThatThrownBy(() -> ledger.invoice(InvoiceType.Output, 0, List.of(wanted("A", null, 3)))).isInstanceOf(InvalidDocument.class).hasMessageContaining("no room for 1 of the 3");
    assertThatThrownBy(() -> ledger.invoice(InvoiceType.Output, 0, List.of(wanted("B", null, 1)))).hasMessageContaining("no item B");
    assertThatThrownBy(() -> ledger.invoice(InvoiceType.Output, 2002, List.of(wanted("A", null, 1)))).hasMessageContaining("at most 2000");
    assertThatThrownBy(() -> ledger.invoice(InvoiceType.Input, 1, List.of(wanted("A", null, 1)))).hasMessageContaining("at most 0");
    assertThatThrownBy(() -> ledger.invoice(InvoiceType.Input, 0, List.of(wanted("A", null, 1)))).hasMessageContaining("must not return more");
  }

  @Test
  void tolerance_isACentALineAndNeverMoreThanAHundredth() {
    assertThat(life(line("A", 1000, 2), line("B", 1000, 1)).ledger().tolerance()).isEqualTo(2);
    assertThat(life(line("A", 50, 2), line("B", 10, 1)).ledger().tolerance()).isEqualTo(1);
    assertThat(life(line("A", 1, 1)).ledger().tolerance()).isZero();
    var free = life(line("A", 0, 1)).ledger();
    assertThat(free.isCovered(0)).isTrue();
  }

  @Test
  void values_areGivenToLinesByWhatTheirPiecesCost() {
    var life = life(line("A", 1000, 2), line("B", 333, 3));
    life.invoice(InvoiceType.Output, 1000, List.of(wanted("A", 1000L, 1), wanted("B", 333L, 1)), true);
    var lines = life.ledger().lines();
    assertThat(lines).extracting(LedgerLine::valueOrdered).containsExactly(2000L, 999L);
    assertThat(lines).extracting(LedgerLine::valueInvoiced).containsExactly(750L, 250L);
    assertThat(lines).extracting(LedgerLine::shipped).containsExactly(1L, 1L);
  }

  @Test
  void importedOrder_isShownAsItCame_andWhatIsSentNowIsHeldToTheRules() {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("orderId", "X-1");
    document.put("status", "invoiced");
    document.put("creationDate", "2017-02-05T10:31:49.0000000+00:00");
    document.put("value", 1000L);
    document.put("items", List.of(Map.of("id", "A", "quantity", 1L, "price", 1000L)));
    document.put("packageAttachment", Map.of("packages", List.of(
        Map.of("invoiceNumber", "N1", "type", "Output", "invoiceValue", 1500L, "items", List.of(Map.of("itemIndex", 0L, "quantity", 3L, "price", 500L), Map.of("itemIndex", 9L, "quantity", 1L))),
        Map.of("invoiceNumber", "N2", "invoiceValue", 7L),
        Map.of("invoiceValue", 7L))));
    var imported = ImportedOrder.of(document, "demo", "rev", false, NOON);
    var order = Decision.take(new OrderKey("demo", "X-1"), imported, UUID.randomUUID(), NOON, "test").result();
    var ledger = Ledger.of(order, new HashMap<>(Map.of("rev", document)));
    assertThat(ledger.invoiced()).isEqualTo(1507).isEqualTo(order.invoicedValue());
    assertThat(ledger.lines().get(0).invoiced()).isEqualTo(3);
    assertThat(ledger.lines().get(0).toInvoice()).isZero();
    assertThatThrownBy(() -> ledger.invoice(InvoiceType.Output, 0, List.of(wanted("A", null, 1)))).isInstanceOf(InvalidDocument.class);
    assertThat(ledger.invoice(InvoiceType.Input, 1507, List.of(wanted("A", null, 3)))).containsExactly(new Pieces(0, 0, 3));
  }

  static LedgerLife life(LedgerLife.Line... lines) {
    return new LedgerLife(List.of(lines), 0);
  }

  static LedgerLife.Line line(String id, long price, long quantity) {
    return new LedgerLife.Line(id, price, quantity);
  }

  static Wanted wanted(String id, @Nullable Long price, long quantity) {
    return new Wanted(id, null, null, price, quantity);
  }
}
