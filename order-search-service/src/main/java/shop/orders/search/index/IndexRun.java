package shop.orders.search.index;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import shop.orders.model.OrderKey;

/**
 * Takes some orders from the store to the index: while some are written the next are read. Holds as many as are being read and what the
 * requests under way may hold, however many orders there are. For one thread and one use.
 */
final class IndexRun {
  /** Reads ahead of what is gathered, for each reader. */
  private static final int READS_AHEAD = 2;

  /** So many requests at least, so that there is something to read while something is written; but none for a handful of documents. */
  private static final int PARTS = 4;

  private static final int SMALLEST_PART = 100;

  private final OrderReader reader;
  private final Destination destination;
  private final BulkWriter writer;
  private final DocumentKeeper keeper;
  private final Limits limits;
  private final Executor readers;
  private final Executor writers;

  private final Deque<CompletableFuture<Read>> reading = new ArrayDeque<>();
  private final Deque<CompletableFuture<Map<OrderKey, String>>> writing = new ArrayDeque<>();
  private final List<Addressed> gathered = new ArrayList<>();
  private long gatheredBytes;
  private int part;

  private final Map<OrderKey, Long> versions = new LinkedHashMap<>();
  private final Map<OrderKey, String> skeletons = new LinkedHashMap<>();
  private final Set<OrderKey> absent = new LinkedHashSet<>();
  private final Map<OrderKey, String> unreadable = new LinkedHashMap<>();

  /**
   * What is held at the same time.
   *
   * @param documents gathered for one writer, at most
   * @param bytes gathered for one writer, about, at most
   * @param writes under way
   */
  record Limits(int readers, int documents, long bytes, int writes) {}

  private record Read(OrderReader.Made made, List<Integer> generations) {}

  private record Addressed(OrderReader.Made made, Write.Content content, List<Integer> generations) {}

  IndexRun(OrderReader reader, Destination destination, BulkWriter writer, DocumentKeeper keeper, Limits limits, Executor readers, Executor writers) {
    this.reader = reader;
    this.destination = destination;
    this.writer = writer;
    this.keeper = keeper;
    this.limits = limits;
    this.readers = readers;
    this.writers = writers;
  }

  /** @param count how many orders are to be read */
  IndexReport index(List<OrderReader.Made.Kept> ready, Iterator<? extends Supplier<OrderReader.Made>> orders, int count) {
    try {
      part = limits.documents;
      for (var each : ready) gather(new Read(each, destination.generations()));
      write();
      part = Math.min(limits.documents, Math.max(SMALLEST_PART, count / PARTS));
      while (orders.hasNext()) {
        if (reading.size() == limits.readers * READS_AHEAD) gather(await(reading.remove()));
        var order = orders.next();
        reading.add(CompletableFuture.supplyAsync(() -> read(order), readers));
      }
      while (!reading.isEmpty()) gather(await(reading.remove()));
      write();
      while (!writing.isEmpty()) skeletons.putAll(await(writing.remove()));
    } finally {
      // Nothing may still run when the caller tries again after a failure.
      reading.forEach(IndexRun::awaitEnd);
      writing.forEach(IndexRun::awaitEnd);
    }
    return new IndexReport(versions, skeletons, absent, unreadable);
  }

  private Read read(Supplier<OrderReader.Made> order) {
    var made = order.get();
    return new Read(made, destination.generations()); // in this order, see there
  }

  private void gather(Read read) {
    var made = read.made;
    if (made instanceof OrderReader.Made.Document document) {
      versions.put(document.key(), document.order().version());
      if (document.problem() != null) skeletons.put(document.key(), document.problem());
      gather(new Addressed(document, document.content(), read.generations));
    } else if (made instanceof OrderReader.Made.Kept kept) {
      versions.put(kept.key(), kept.version());
      gather(new Addressed(kept, kept.content(), read.generations));
    } else if (made instanceof OrderReader.Made.Unreadable one) {
      unreadable.put(one.key(), one.reason());
    } else {
      absent.add(made.key());
    }
  }

  private void gather(Addressed document) {
    gathered.add(document);
    gatheredBytes += (long) document.content.json().length * document.generations.size();
    if (gathered.size() >= part || gatheredBytes >= limits.bytes) write();
  }

  private void write() {
    if (gathered.isEmpty()) return;
    if (writing.size() == limits.writes) skeletons.putAll(await(writing.remove()));
    var documents = List.copyOf(gathered);
    gathered.clear();
    gatheredBytes = 0;
    writing.add(CompletableFuture.supplyAsync(() -> write(documents), writers));
  }

  /** @return orders of which only a skeleton was taken, by at least one generation */
  private Map<OrderKey, String> write(List<Addressed> documents) {
    var byWrite = new LinkedHashMap<Write, OrderReader.Made>();
    documents.forEach(each -> each.generations.forEach(into -> byWrite.put(each.content.into(into), each.made)));
    var reasons = new LinkedHashMap<OrderKey, String>();
    var instead = new ArrayList<Write>();
    var anew = new ArrayList<Addressed>();
    send(new ArrayList<>(byWrite.keySet()))
        .forEach(
            (write, reason) -> {
              int generation = write.index().generation();
              if (byWrite.get(write) instanceof OrderReader.Made.Document document) {
                reasons.put(document.key(), reason);
                instead.add(reader.skeleton(document.order(), reason).content().into(generation));
              } else if (reader.read(byWrite.get(write).key()) instanceof OrderReader.Made.Document document) {
                anew.add(new Addressed(document, document.content(), List.of(generation)));
              }
            });
    var refusedAgain = send(instead);
    if (!refusedAgain.isEmpty()) {
      // Nothing in a skeleton is the sender's, so it is the index that is wrong: waiting loses nothing, going on would.
      throw new IndexUnavailable("the index refuses even skeletons: " + refusedAgain.values().iterator().next());
    }
    keeper.keep(documents.stream().map(Addressed::made).filter(made -> !reasons.containsKey(made.key())).toList());
    if (!anew.isEmpty()) reasons.putAll(write(anew));
    return reasons;
  }

  /** Writes to those generations that take it; that one which is not read takes nothing is borne for a while only. */
  private Map<Write, String> send(List<Write> writes) {
    try {
      var refused = writer.write(writes, destination.overwrites());
      destination.took(writes.stream().map(write -> write.index().generation()).distinct().toList());
      return refused;
    } catch (IndexUnavailable e) {
      if (e.only().isEmpty() || !destination.leavesOut(e.only(), String.valueOf(e.getMessage()))) throw e;
      return writer.write(writes.stream().filter(write -> !e.only().contains(write.index().generation())).toList(), destination.overwrites());
    }
  }

  private static <T> T await(CompletableFuture<T> running) {
    try {
      return running.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) throw cause;
      throw e;
    }
  }

  private static void awaitEnd(CompletableFuture<?> running) {
    running.handle((result, failure) -> failure).join();
  }
}
