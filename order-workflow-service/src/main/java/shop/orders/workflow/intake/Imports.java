package shop.orders.workflow.intake;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import shop.orders.model.Decision;
import shop.orders.model.ImportedOrder;
import shop.orders.model.InvalidDocument;
import shop.orders.model.OrderKey;
import shop.orders.model.OrderNumbers;
import shop.orders.store.CommitOutcome;
import shop.orders.store.ExactJson;
import shop.orders.store.OrderStore;
import shop.orders.store.Sequences;
import shop.orders.store.StoreUnavailable;
import shop.orders.web.Caller;
import shop.orders.web.log.LogIds;
import shop.orders.workflow.command.OrderCommands;

/** Writes other systems' orders, each once however often it comes. */
@Component
class Imports implements DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(Imports.class);

  /** Orders written at one time, over all requests: live traffic has the same database. */
  private static final int WRITERS = 16;

  private final OrderStore store;
  private final OrderCommands commands;
  private final Sequences sequences;
  private final Clock clock;
  private final IntakeMeter meter;
  private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS, new CustomizableThreadFactory("import-"));

  Imports(OrderStore store, OrderCommands commands, Sequences sequences, Clock clock, IntakeMeter meter) {
    this.store = store;
    this.commands = commands;
    this.sequences = sequences;
    this.clock = clock;
    this.meter = meter;
  }

  /** What became of one document. */
  enum Outcome {
    IMPORTED,
    /** It is here already, exactly so. */
    UNCHANGED,
    /** It makes no sense, or another order has its id. */
    REFUSED,
    /** The store did not answer: it may be here or not, send it again. */
    RETRY;

    IntakeMeter.Outcome counted() {
      return switch (this) {
        case IMPORTED -> IntakeMeter.Outcome.ACCEPTED;
        case UNCHANGED -> IntakeMeter.Outcome.REPEATED;
        case REFUSED -> IntakeMeter.Outcome.REFUSED;
        case RETRY -> IntakeMeter.Outcome.FAILED;
      };
    }

    @JsonValue
    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param index of the document in the request, from 0
   * @param orderId null if it has none
   * @param reason null if there is nothing to say
   */
  record Result(int index, @Nullable String orderId, Outcome result, @Nullable String reason) {}

  /**
   * @return a result for each document, in their order
   * @throws StoreUnavailable if not one of them could be judged
   */
  List<Result> take(Caller caller, List<?> documents, boolean live) {
    var read = documents.stream().map(sent -> read(caller.account(), sent, live)).toList();
    moveNumbersPast(caller.account(), read);
    var results =
        IntStream.range(0, read.size())
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> write(i, read.get(i), caller), writers))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();
    for (var result : results) meter.count(IntakeMeter.From.IMPORT, result.result().counted());
    if (results.stream().allMatch(r -> r.result() == Outcome.RETRY)) throw new StoreUnavailable("importing " + results.size() + " orders", null);
    return results;
  }

  /** A document with what was read off it, or why nothing could be. */
  private record Read(@Nullable String orderId, @Nullable ImportedOrder order, @Nullable String reason) {}

  private Read read(String account, @Nullable Object sent, boolean live) {
    if (!(sent instanceof Map<?, ?> map)) return new Read(null, null, "must be an order document");
    var given = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((name, value) -> given.put(String.valueOf(name), value));
    var json = ExactJson.bytes(given);
    var document = ExactJson.tree(json); // as it will be read back, so that it can be compared
    var orderId = document.get("orderId") instanceof String text ? text : null;
    try {
      return new Read(orderId, ImportedOrder.of(document, account, UUID.nameUUIDFromBytes(json).toString(), live, clock.instant()), null);
    } catch (InvalidDocument e) {
      return new Read(orderId, null, e.getMessage());
    }
  }

  /** Orders placed here later must not get an id that an imported one has. */
  private void moveNumbersPast(String account, List<Read> read) {
    read.stream()
        .filter(r -> r.order != null)
        .flatMapToLong(r -> OrderNumbers.sequenceOf(account, r.order.orderId()).stream())
        .max()
        .ifPresent(highest -> sequences.skipTo(account, highest + 1));
  }

  private Result write(int index, Read read, Caller caller) {
    if (read.order == null) return new Result(index, read.orderId, Outcome.REFUSED, read.reason);
    var order = read.order;
    var key = new OrderKey(caller.account(), order.orderId());
    try {
      if (store.header(key).filter(h -> h.version() > 0).isEmpty()) {
        var decision = Decision.take(key, order, UUID.randomUUID(), clock.instant(), caller.by());
        var outcome = commands.commit(decision, Map.of(order.change().documentRev(), order.document().fields()));
        if (outcome instanceof CommitOutcome.Applied) return new Result(index, key.orderId(), Outcome.IMPORTED, null);
      }
      return isHere(key, order)
          ? new Result(index, key.orderId(), Outcome.UNCHANGED, null)
          : new Result(index, key.orderId(), Outcome.REFUSED, "an order with this id is here already, and it is not the one that was sent");
    } catch (InvalidDocument e) { // too large to be kept
      return new Result(index, key.orderId(), Outcome.REFUSED, e.getMessage());
    } catch (StoreUnavailable e) {
      LogIds.during(key, () -> log.info("order {} could not be imported, its sender is told to try again: {}", key, e.getMessage()));
      return new Result(index, key.orderId(), Outcome.RETRY, "the store did not answer in time");
    } catch (RuntimeException e) { // the other orders of the batch have results of their own
      LogIds.during(key, () -> log.error("order {} could not be imported", key, e));
      return new Result(index, key.orderId(), Outcome.REFUSED, "it could not be written for a reason of its own, which is in the service's log");
    }
  }

  /** Whether the order came from such a document before, whatever happened to it since. Its revision tells, unless its fields stood in another order. */
  private boolean isHere(OrderKey key, ImportedOrder sent) {
    return store
        .find(key)
        .flatMap(order -> order.imported())
        .map(imported -> imported.documentRev().equals(sent.change().documentRev()) || sent.document().fields().equals(store.documents(key).get(imported.documentRev())))
        .orElse(false);
  }

  @Override
  public void destroy() {
    writers.shutdownNow();
  }
}
