package shop.orders.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import shop.orders.model.Change.InvoiceType;
import shop.orders.model.Ledger.Wanted;

/** Random lives of orders, each step held against a model that counts piece by piece. */
class LedgerPropertyTest {
  private static final List<String> SKUS = List.of("A", "B", "C");
  private static final int STEPS = 14;

  /** What happened over all lives: a test that refuses everything proves nothing. */
  private static final Map<String, Integer> SEEN = new TreeMap<>();

  @Property(tries = 10_000, shrinking = ShrinkingMode.OFF) // a life is told by its seed
  void ledger_agreesWithCountingPieceByPieceThroughEveryLife(@ForAll long seed) {
    var dice = new Random(seed);
    var ordered = new ArrayList<LedgerLife.Line>();
    for (int i = 1 + dice.nextInt(4); i > 0; i--) ordered.add(new LedgerLife.Line(SKUS.get(dice.nextInt(3)), price(dice), 1 + dice.nextInt(4)));
    long shipping = dice.nextInt(3) == 0 ? 0 : dice.nextInt(1000);
    var life = new LedgerLife(ordered, shipping);
    var counted = new PieceByPiece(ordered, shipping);
    compare(life, counted);
    for (int i = 0; i < STEPS; i++) {
      var before = life.order();
      step(life, counted, dice);
      compare(life, counted);
      assertThat(life.order().version()).isGreaterThanOrEqualTo(before.version());
    }
  }

  private static void step(LedgerLife life, PieceByPiece counted, Random dice) {
    int what = dice.nextInt(10);
    if (what == 0 && !life.order().invoices().isEmpty()) {
      life.patch(life.order().invoices().get(dice.nextInt(life.order().invoices().size())).number());
      saw("patch");
    } else if (life.isInvoiced() || what < 5) {
      var type = life.isInvoiced() ? InvoiceType.Input : InvoiceType.Output;
      var wanted = wanted(counted, dice);
      long cents = cents(life.ledger(), type, dice);
      boolean tracked = dice.nextBoolean();
      boolean taken = agree(type.name(), () -> life.invoice(type, cents, wanted, tracked), counted.invoice(type, cents, wanted));
      if (type == InvoiceType.Output && !life.isInvoiced()) assertThat(counted.isCovered() && taken).isFalse();
    } else {
      var request = request(counted, dice);
      boolean confirmed = dice.nextBoolean();
      agree("Change", () -> life.change(request, confirmed), counted.change(request, confirmed));
    }
  }

  /** @return whether it was taken */
  private static boolean agree(String what, Runnable act, boolean expected) {
    boolean accepted = true;
    try {
      act.run();
    } catch (InvalidDocument e) {
      accepted = false;
    }
    assertThat(accepted).as(what).isEqualTo(expected);
    saw(what + (accepted ? " taken" : " refused"));
    return accepted;
  }

  private static void compare(LedgerLife life, PieceByPiece counted) {
    var ledger = life.ledger();
    assertThat(ledger.value()).isEqualTo(counted.value()).isGreaterThanOrEqualTo(0);
    assertThat(ledger.invoiced()).isEqualTo(counted.invoiced()).isEqualTo(life.order().invoicedValue()).isLessThanOrEqualTo(ledger.value() + ledger.tolerance());
    assertThat(ledger.refunded()).isEqualTo(counted.refunded()).isLessThanOrEqualTo(ledger.invoiced());
    assertThat(ledger.lines()).hasSize(counted.lines());
    for (var line : ledger.lines()) {
      assertThat(line.ordered()).isEqualTo(counted.ordered(line.itemIndex()));
      assertThat(line.wanted()).isEqualTo(counted.wanted(line.itemIndex())).isGreaterThanOrEqualTo(line.invoiced());
      assertThat(line.invoiced()).isEqualTo(counted.invoiced(line.itemIndex())).isGreaterThanOrEqualTo(line.returned());
      assertThat(line.returned()).isEqualTo(counted.returned(line.itemIndex()));
      assertThat(line.shipped()).isBetween(0L, line.invoiced());
    }
    assertThat(ledger.lines().stream().mapToLong(LedgerLine::valueOrdered).sum()).isEqualTo(ledger.placed());
    assertThat(ledger.lines().stream().mapToLong(l -> l.valueOrdered() + l.valueChanged()).sum()).isEqualTo(ledger.value());
    assertThat(ledger.lines().stream().mapToLong(LedgerLine::valueInvoiced).sum()).isEqualTo(counted.invoiced());
    assertThat(ledger.lines().stream().mapToLong(LedgerLine::valueRefunded).sum()).isEqualTo(counted.refunded());
    compareShown(life, counted);
  }

  private static void compareShown(LedgerLife life, PieceByPiece counted) {
    var shown = life.shown();
    assertThat(shown.get("value")).isEqualTo(counted.value());
    var items = OrderDocument.objects(shown.get("items"));
    assertThat(items).hasSize(counted.lines());
    for (int i = 0; i < items.size(); i++) assertThat(items.get(i).get("quantity")).isEqualTo(counted.wanted(i));
    for (int i = 0; i < items.size(); i++) {
      assertThat(items.get(i).get("priceDefinition")).extracting("total").isEqualTo(counted.price(i) * counted.wanted(i));
    }
    if (!(shown.get("totals") instanceof List<?> totals)) return; // none was placed, and nothing changed
    var sum = OrderDocument.objects(totals).stream().map(t -> BigInteger.valueOf((Long) t.get("value"))).reduce(BigInteger.ZERO, BigInteger::add);
    assertThat(sum).isEqualTo(BigInteger.valueOf(counted.value()));
  }

  /** Some of what there is, and now and then more, or what there is not. */
  private static List<Wanted> wanted(PieceByPiece counted, Random dice) {
    var wanted = new ArrayList<Wanted>();
    for (int i = 1 + dice.nextInt(2); i > 0; i--) {
      var id = SKUS.get(dice.nextInt(3));
      Long index = dice.nextInt(4) == 0 ? (Long) (long) dice.nextInt(counted.lines() + 1) : null;
      wanted.add(new Wanted(id, index, null, dice.nextInt(3) == 0 ? null : (Long) price(dice), 1 + dice.nextInt(3)));
    }
    return wanted;
  }

  private static long cents(Ledger ledger, InvoiceType type, Random dice) {
    long left = type == InvoiceType.Output ? ledger.value() - ledger.invoiced() : ledger.invoiced() - ledger.refunded();
    return switch (dice.nextInt(8)) {
      case 0 -> Math.max(0, left + dice.nextInt(12) - 4);
      case 1 -> Math.max(0, left) * 2 + 50;
      case 2, 3, 4 -> Math.max(0, left);
      default -> left <= 0 ? 0 : (long) (dice.nextDouble() * left);
    };
  }

  private static ChangeRequest request(PieceByPiece counted, Random dice) {
    List<Wanted> taken = dice.nextInt(3) == 0 ? List.of() : wanted(counted, dice);
    var given = new ArrayList<ChangeRequest.Given>();
    for (int i = dice.nextInt(3); i > 0; i--) given.add(LedgerLife.given(SKUS.get(dice.nextInt(3)), price(dice), 1 + dice.nextInt(2)));
    long discount = dice.nextInt(2) == 0 ? 0 : dice.nextInt(900);
    return LedgerLife.request(taken, given, discount, 1 + dice.nextInt(300));
  }

  private static long price(Random dice) {
    return List.of(0L, 333L, 1000L, 1999L).get(dice.nextInt(4));
  }

  private static void saw(String what) {
    SEEN.merge(what, 1, Integer::sum);
  }

  @AfterContainer
  static void lives_sawEverythingOften() {
    assertThat(SEEN.keySet()).containsExactly("Change refused", "Change taken", "Input refused", "Input taken", "Output refused", "Output taken", "patch");
    assertThat(SEEN.values()).allMatch(often -> often > 1_000);
  }
}
