package shop.orders.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import shop.orders.model.Ledger.Pieces;
import shop.orders.model.Ledger.Wanted;

/** Finds the lines that pieces belong to. Who names a line is served first, then who names a price: so the order of asking takes nothing away. */
final class Placing {
  private final List<LedgerLine> lines;
  private final List<Wanted> wanted;
  private final Map<String, List<LedgerLine>> bySku;
  private final long[] room;
  private final long[] open;
  private final List<Pieces> found = new ArrayList<>();

  private Placing(List<LedgerLine> lines, ToLongFunction<LedgerLine> room, List<Wanted> wanted) {
    this.lines = lines;
    this.wanted = wanted;
    this.bySku = lines.stream().collect(Collectors.groupingBy(LedgerLine::id));
    this.room = lines.stream().mapToLong(room).toArray();
    this.open = wanted.stream().mapToLong(Wanted::quantity).toArray();
  }

  /**
   * @param room how many pieces of a line may be taken
   * @param verb what is to be done with them, for people
   * @throws InvalidDocument if the order has no such line, or too few pieces of it
   */
  static List<Pieces> place(List<LedgerLine> lines, ToLongFunction<LedgerLine> room, String verb, List<Wanted> wanted) {
    var placing = new Placing(lines, room, wanted);
    for (int i = 0; i < wanted.size(); i++) placing.checkKnown(i);
    for (int i = 0; i < wanted.size(); i++) if (placing.namesALine(i)) placing.take(i, line -> true);
    for (int i = 0; i < wanted.size(); i++) placing.takeAtPrice(i, (line, price) -> line.sellingPrice() == price);
    for (int i = 0; i < wanted.size(); i++) placing.takeAtPrice(i, LedgerLine::isUnitPrice);
    for (int i = 0; i < wanted.size(); i++) if (!placing.namesALine(i)) placing.take(i, line -> true);
    for (int i = 0; i < wanted.size(); i++) placing.checkWhole(i, verb);
    placing.found.sort(Comparator.comparingInt(Pieces::wanted).thenComparingInt(Pieces::itemIndex));
    return List.copyOf(placing.found);
  }

  /** A price is that of a piece, as invoices say it, or else that of a unit. */
  private void takeAtPrice(int asked, BiPredicate<LedgerLine, Long> costs) {
    var price = wanted.get(asked).price();
    if (price != null && !namesALine(asked)) take(asked, line -> costs.test(lines.get(line), price));
  }

  private void take(int asked, IntPredicate fits) {
    for (int line : candidates(asked)) {
      if (open[asked] == 0) return;
      if (!fits.test(line)) continue;
      long pieces = Math.min(open[asked], room[line]);
      if (pieces <= 0) continue;
      open[asked] -= pieces;
      room[line] -= pieces;
      found.add(new Pieces(asked, line, pieces));
    }
  }

  private int[] candidates(int asked) {
    var one = wanted.get(asked);
    var same = one.id() == null ? lines : bySku.getOrDefault(one.id(), List.of());
    return same.stream().filter(line -> isMeant(one, line)).mapToInt(LedgerLine::itemIndex).toArray();
  }

  private static boolean isMeant(Wanted wanted, LedgerLine line) {
    if (wanted.itemIndex() != null) return line.itemIndex() == wanted.itemIndex();
    return wanted.uniqueId() == null || wanted.uniqueId().equals(line.uniqueId());
  }

  private boolean namesALine(int asked) {
    return wanted.get(asked).itemIndex() != null || wanted.get(asked).uniqueId() != null;
  }

  private void checkKnown(int asked) {
    if (candidates(asked).length > 0) return;
    var one = wanted.get(asked);
    var where = one.itemIndex() != null ? " on line " + one.itemIndex() : one.uniqueId() != null ? " with uniqueId " + one.uniqueId() : "";
    throw new InvalidDocument("items", "must be items of the order, which has no item " + (one.id() == null ? "" : one.id()) + where);
  }

  private void checkWhole(int asked, String verb) {
    if (open[asked] == 0) return;
    var one = wanted.get(asked);
    var missing = open[asked] + " of the " + one.quantity() + " asked for";
    throw new InvalidDocument("items", "must not " + verb + " more than there is: of item " + one.id() + " there is no room for " + missing);
  }
}
