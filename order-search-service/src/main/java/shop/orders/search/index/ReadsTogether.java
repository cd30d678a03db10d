package shop.orders.search.index;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import shop.orders.model.OrderKey;

/** Reads orders by key, some of an account at a time; the next ones are asked for while these are worked on. For one thread. */
final class ReadsTogether implements Iterator<Supplier<OrderReader.Made>> {
  /** Enough that a request costs little beside what it brings; few enough that one for the largest orders brings some megabytes. */
  private static final int AT_ONCE = 10;

  private static final int AHEAD = 4;

  private final OrderReader reader;
  private final Executor readers;
  private final Iterator<List<OrderKey>> groups;
  private final Deque<CompletableFuture<List<Supplier<OrderReader.Made>>>> asked = new ArrayDeque<>();
  private Iterator<Supplier<OrderReader.Made>> present = Collections.emptyIterator();

  ReadsTogether(OrderReader reader, Executor readers, Collection<OrderKey> keys) {
    this.reader = reader;
    this.readers = readers;
    this.groups = groups(keys).iterator();
  }

  private static List<List<OrderKey>> groups(Collection<OrderKey> keys) {
    var groups = new ArrayList<List<OrderKey>>();
    for (var account : keys.stream().collect(Collectors.groupingBy(OrderKey::account, LinkedHashMap::new, Collectors.toList())).values()) {
      for (int from = 0; from < account.size(); from += AT_ONCE) groups.add(account.subList(from, Math.min(account.size(), from + AT_ONCE)));
    }
    return groups;
  }

  @Override
  public boolean hasNext() {
    while (!present.hasNext()) {
      while (asked.size() < AHEAD && groups.hasNext()) ask(groups.next());
      if (asked.isEmpty()) return false;
      present = asked.remove().join().iterator();
    }
    return true;
  }

  @Override
  public Supplier<OrderReader.Made> next() {
    if (!hasNext()) throw new NoSuchElementException();
    return present.next();
  }

  private void ask(List<OrderKey> keys) {
    asked.add(CompletableFuture.supplyAsync(() -> reader.readTogether(keys), readers));
  }
}
