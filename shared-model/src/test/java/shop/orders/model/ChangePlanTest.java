package shop.orders.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static shop.orders.model.LedgerTest.life;
import static shop.orders.model.LedgerTest.line;
import static shop.orders.model.LedgerTest.wanted;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shop.orders.model.Change.InvoiceType;
import shop.orders.model.ChangeRequest.Given;
import shop.orders.model.ChangeRequest.Taken;

class ChangePlanTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void item_isAddedToTheLineOfItsSkuAndPriceElseToANewOne() {
    var life = life(line("A", 1000, 2), line("B", 500, 1));
    assertThat(plan(life, List.of(), LedgerLife.given("A", 1000, 1)).effect().lines()).containsExactly(new ChangeEffect.Line(0, 1, 1000, 1000, 0));
    var dearer = plan(life, List.of(), LedgerLife.given("A", 1001, 1)).effect();
    assertThat(dearer.lines()).containsExactly(new ChangeEffect.Line(2, 1, 1001, 1001, 0));
    assertThat(dearer.added()).extracting(i -> i.get("id"), i -> i.get("quantity"), i -> i.get("sellingPrice")).containsExactly(tuple("A", 0L, 1001L));
    assertThat(dearer.added().get(0).get("uniqueId").toString()).matches("[0-9A-F]{32}");
  }

  @Test
  void price_isThatOfTheSkuInTheOrderAndOfNowhereElse() {
    var life = life(line("A", 1000, 2));
    assertThat(plan(life, List.of(), given("A", null, null)).effect().total()).isEqualTo(1000);
    assertThat(plan(life, List.of(), given("A", null, "1.5")).effect().total()).isEqualTo(1500);
    assertThat(plan(life, List.of(), given("Z", 333L, "1.5")).effect().total()).as("499.5, rounded up").isEqualTo(500);
    assertThatThrownBy(() -> plan(life, List.of(), given("Z", null, null))).isInstanceOf(InvalidDocument.class).hasMessageContaining("price of item Z");
  }

  @Test
  void change_thatDoesNotFitIsRefused() {
    var life = life(line("A", 1000, 2));
    life.invoice(InvoiceType.Output, 1500, List.of(wanted("A", null, 1)), false);
    assertThatThrownBy(() -> plan(life, List.of(wanted("A", null, 2)))).hasMessageContaining("no room for 1 of the 2");
    assertThatThrownBy(() -> plan(life, List.of(wanted("A", null, 1)))).hasMessageContaining("1500 is invoiced");
    assertThatThrownBy(() -> plan(life, List.of(), LedgerLife.given("A", Ledger.LARGEST, Ledger.LARGEST))).hasMessageContaining("too large");
    assertThatThrownBy(() -> plan(life, List.of(), LedgerLife.given("A", Ledger.LARGEST, 1))).hasMessageContaining("too large");
    assertThatThrownBy(() -> plan(life, List.of())).hasMessageContaining("change something");
  }

  @Test
  void amounts_thatCancelOutAreBoundedToo() {
    var life = life(line("A", 1000, 2));
    var given = new Given("B", null, Ledger.LARGEST, 0L, null, 100_000, 0, 0, Map.of(), null);
    assertThatThrownBy(() -> plan(life, List.of(), given)).hasMessageContaining("too large");
  }

  @Test
  void item_isNotGivenBackForMoreThanItCost() {
    var life = life(line("A", 1000, 2));
    var dear = new ChangeRequest(List.of(new Taken(wanted("A", 1001L, 1), true, false)), List.of(), 0, 0, List.of(), List.of(), Map.of());
    assertThatThrownBy(() -> ChangePlan.of(life.ledger(), life.shown(), dear, "seed")).hasMessageContaining("costs 1000");
    var cheap = new ChangeRequest(List.of(new Taken(wanted("A", 900L, 1), true, false)), List.of(), 0, 0, List.of(), List.of(), Map.of());
    assertThat(ChangePlan.of(life.ledger(), life.shown(), cheap, "seed").effect().total()).isEqualTo(-900);
  }

  @Test
  void prices_areThoseOfAUnitWhetherItemsComeOrGo() {
    assertThat(byUnit(gone(765L)).lines()).containsExactly(new ChangeEffect.Line(0, -1, -1530, -1530, 0));
    assertThat(byUnit(gone(1530L)).lines()).as("the price of a piece is understood, too").containsExactly(new ChangeEffect.Line(0, -1, -1530, -1530, 0));
    assertThat(byUnit(come(765L, null)).lines()).containsExactly(new ChangeEffect.Line(0, 1, 1530, 1530, 0));
  }

  @Test
  void itemThatNamesOnlyWhatItIsSoldFor_isNoDearerBefore() {
    var effect = byUnit(come(null, 1400L));
    assertThat(effect.lines()).containsExactly(new ChangeEffect.Line(1, 1, 1400, 1400, 0));
    assertThat(effect.added().get(0)).containsEntry("price", 700L).containsEntry("sellingPrice", 1400L);
    assertThat(effect.added().get(0).get("priceDefinition")).extracting("total").isEqualTo(1400L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1e18", "1e500000000", "1e-500000000"})
  void multiplierThatMakesNoSense_isOne(String multiplier) {
    var order = sold(new BigDecimal(multiplier));
    assertThat(order.ledger.invoice(InvoiceType.Output, 0, List.of(wanted("A", Ledger.LARGEST, 1)))).hasSize(1);
    assertThat(ChangePlan.of(order.ledger, order.document, gone(1530L), "seed").effect().total()).isEqualTo(-1530);
  }

  private record Sold(Ledger ledger, Map<String, @Nullable Object> document) {}

  /** Three pieces of 1530, of so many units each. */
  private static Sold sold(BigDecimal multiplier) {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("orderId", "X-1");
    document.put("status", "handling");
    document.put("creationDate", "2017-02-05T10:31:49.0000000+00:00");
    document.put("value", 4590L);
    document.put("items", List.of(Map.of("id", "A", "quantity", 3L, "price", 765L, "sellingPrice", 1530L, "unitMultiplier", multiplier)));
    var imported = ImportedOrder.of(document, "demo", "rev", false, NOON);
    var order = Decision.take(new OrderKey("demo", "X-1"), imported, UUID.randomUUID(), NOON, "test").result();
    return new Sold(Ledger.of(order, Map.of("rev", document)), document);
  }

  private static ChangeEffect byUnit(ChangeRequest request) {
    var order = sold(new BigDecimal("2.0"));
    return ChangePlan.of(order.ledger, order.document, request, "seed").effect();
  }

  private static ChangeRequest gone(long price) {
    return new ChangeRequest(List.of(new Taken(wanted("A", price, 1), true, false)), List.of(), 0, 0, List.of(), List.of(), Map.of());
  }

  private static ChangeRequest come(@Nullable Long price, @Nullable Long sellingPrice) {
    return LedgerLife.request(List.of(), List.of(new Given("A", null, price, sellingPrice, null, 1, 0, 0, Map.of(), null)), 0, 0);
  }

  @Test
  void effect_comesBackFromItsDocument() {
    var life = life(line("A", 1000, 2));
    var request = new ChangeRequest(List.of(), List.of(LedgerLife.given("B", 7, 3)), 5, 6, List.of(Map.of("fields", List.of())), List.of(), Map.of("firstName", "Jane"));
    var effect = ChangePlan.of(life.ledger(), life.shown(), request, "seed").effect();
    var document = new LinkedHashMap<String, @Nullable Object>();
    effect.into(document);
    assertThat(ChangeEffect.of(document)).isEqualTo(effect);
    assertThat(document.get("clientProfileData")).as("apart, so that it can be erased alone").isEqualTo(Map.of("firstName", "Jane"));
    assertThat(document.get("effect").toString()).doesNotContain("Jane");
  }

  private static ChangePlan plan(LedgerLife life, List<Ledger.Wanted> taken, Given... given) {
    return ChangePlan.of(life.ledger(), life.shown(), LedgerLife.request(taken, List.of(given), 0, 0), "seed");
  }

  private static Given given(String id, @Nullable Long price, @Nullable String multiplier) {
    return new Given(id, null, price, null, multiplier == null ? null : new BigDecimal(multiplier), 1, 0, 0, Map.of(), null);
  }
}
