package shop.orders.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import shop.orders.model.Change.InvoiceType;
import shop.orders.model.Ledger.Wanted;

/** The ledger the simple way: every single piece is an object that moves from hand to hand. Shares nothing with {@link Ledger} but its rules. */
final class PieceByPiece {
  private static final class Piece {
    private final String id;
    private final int line;
    private final long price;
    private final boolean placed;
    private String where = "open";

    Piece(String id, int line, long price, boolean placed) {
      this.id = id;
      this.line = line;
      this.price = price;
      this.placed = placed;
    }
  }

  private final List<LedgerLife.Line> lines = new ArrayList<>();
  private final List<Piece> pieces = new ArrayList<>();
  private long value;
  private long invoiced;
  private long refunded;

  PieceByPiece(List<LedgerLife.Line> ordered, long shipping) {
    value = shipping;
    for (var line : ordered) {
      lines.add(line);
      value += line.price() * line.quantity();
      for (int i = 0; i < line.quantity(); i++) pieces.add(new Piece(line.id(), lines.size() - 1, line.price(), true));
    }
  }

  long value() {
    return value;
  }

  long invoiced() {
    return invoiced;
  }

  long refunded() {
    return refunded;
  }

  int lines() {
    return lines.size();
  }

  /** @return false if there is less than was asked for; nothing happened then */
  boolean invoice(InvoiceType type, long cents, List<Wanted> wanted) {
    boolean sale = type == InvoiceType.Output;
    long tolerance = Math.min(lines.size(), value / 100);
    if (sale ? invoiced + cents > value + tolerance : refunded + cents > invoiced) return false;
    var found = find(wanted, sale ? "open" : "invoiced");
    if (found == null) return false;
    for (var piece : found) piece.where = sale ? "invoiced" : "returned";
    if (sale) invoiced += cents;
    else refunded += cents;
    return true;
  }

  boolean isCovered() {
    return invoiced >= value - Math.min(lines.size(), value / 100);
  }

  /** @return false if it takes what is not there or leaves too little; nothing happened then */
  boolean change(ChangeRequest request, boolean confirmed) {
    var taken = find(request.taken().stream().map(ChangeRequest.Taken::wanted).toList(), "open");
    if (taken == null) return false;
    long total = request.increment() - request.discount();
    for (var piece : taken) total -= piece.price;
    for (var one : request.given()) total += one.price() * one.quantity();
    if (value + total < invoiced) return false;
    long given = request.given().stream().mapToLong(ChangeRequest.Given::quantity).sum();
    if (count(p -> !p.where.equals("gone")) - taken.size() + given == 0) return false;
    if (total > 0 && !confirmed) return true;
    for (var piece : taken) piece.where = "gone";
    for (var one : request.given()) {
      int line = 0;
      while (line < lines.size() && !(lines.get(line).id().equals(one.id()) && lines.get(line).price() == one.price())) line++;
      if (line == lines.size()) lines.add(new LedgerLife.Line(one.id(), one.price(), 0));
      for (int i = 0; i < one.quantity(); i++) pieces.add(new Piece(one.id(), line, one.price(), false));
    }
    value += total;
    return true;
  }

  long price(int line) {
    return lines.get(line).price();
  }

  long ordered(int line) {
    return count(p -> p.line == line && p.placed);
  }

  long wanted(int line) {
    return count(p -> p.line == line && !p.where.equals("gone"));
  }

  long invoiced(int line) {
    return count(p -> p.line == line && (p.where.equals("invoiced") || p.where.equals("returned")));
  }

  long returned(int line) {
    return count(p -> p.line == line && p.where.equals("returned"));
  }

  private long count(Predicate<Piece> which) {
    return pieces.stream().filter(which).count();
  }

  /** Null if there are too few. Those that name a line first, then those that name a price, then the rest. */
  private @Nullable List<Piece> find(List<Wanted> wanted, String where) {
    var found = new ArrayList<Piece>();
    long[] left = wanted.stream().mapToLong(Wanted::quantity).toArray();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < wanted.size(); i++) {
        var one = wanted.get(i);
        boolean named = one.itemIndex() != null;
        if (named != (round == 0)) continue;
        while (left[i] > 0) {
          var piece = first(one, where, found, round == 1);
          if (piece == null) break;
          found.add(piece);
          left[i]--;
        }
      }
    }
    for (long pieces : left) if (pieces > 0) return null;
    return found;
  }

  private @Nullable Piece first(Wanted one, String where, List<Piece> found, boolean byPrice) {
    Piece best = null;
    for (var piece : pieces) {
      if (!piece.id.equals(one.id()) || !piece.where.equals(where) || found.contains(piece)) continue;
      if (one.itemIndex() != null && piece.line != one.itemIndex()) continue;
      if (byPrice && (one.price() == null || piece.price != one.price())) continue;
      if (best == null || piece.line < best.line) best = piece;
    }
    return best;
  }
}
