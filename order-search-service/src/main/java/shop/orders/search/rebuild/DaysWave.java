package shop.orders.search.rebuild;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import shop.orders.model.OrderKey;
import shop.orders.store.OrderDays;

/** Orders by the day they were created, the newest day first; a part is a day of all accounts. */
final class DaysWave implements Wave {
  private final OrderDays days;
  private final List<String> accounts;
  private final LocalDate newest;
  private final LocalDate oldest;
  private final boolean anew;

  /** @param anew whether documents are made again, whatever is kept */
  DaysWave(OrderDays days, Collection<String> accounts, LocalDate newest, LocalDate oldest, boolean anew) {
    this.days = days;
    this.accounts = List.copyOf(accounts);
    this.newest = newest;
    this.oldest = oldest;
    this.anew = anew;
  }

  @Override
  public String what() {
    return "orders created from " + newest + " back to " + oldest;
  }

  @Override
  public int parts() {
    return (int) Math.max(0, ChronoUnit.DAYS.between(oldest, newest) + 1);
  }

  /** The oldest day of which, and of all after it, the orders are done when the first {@code parts} are. */
  LocalDate reached(int parts) {
    return newest.plusDays(1).minusDays(parts);
  }

  @Override
  public void read(int part, Sink sink) {
    if (anew) readKeys(part, sink::add);
    else days.readKept(accounts, day(part), sink::add);
  }

  private LocalDate day(int part) {
    return newest.minusDays(part);
  }

  /** A slice of a part. */
  void read(int part, int slice, Sink sink) {
    days.readKept(accounts, day(part), slice, sink::add);
  }

  void readKeys(int part, Consumer<OrderKey> sink) {
    for (var account : accounts) days.read(account, day(part), created -> sink.accept(created.key()));
  }
}
