package shop.orders.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shop.orders.store.SampleOrders.NOON;
import static shop.orders.store.SampleOrders.applied;
import static shop.orders.store.SampleOrders.approval;
import static shop.orders.store.SampleOrders.newKey;
import static shop.orders.store.SampleOrders.note;
import static shop.orders.store.SampleOrders.placed;
import static shop.orders.store.SampleOrders.placement;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import shop.orders.model.Change;
import shop.orders.model.Decision;
import shop.orders.model.Order;
import shop.orders.model.OrderKey;
import shop.orders.store.CommitOutcome.Applied;
import shop.orders.store.CommitOutcome.Conflict;

/** Holds for every {@link OrderStore}. A new store is done when its test implements this and is green. */
public interface OrderStoreContract {
  StoreUnderTest underTest();

  private OrderStore store() {
    return underTest().stores().orders();
  }

  @AfterEach
  default void heal() {
    underTest().faults().heal();
  }

  @Test
  default void find_isEmptyForAnUnknownOrder() {
    var key = newKey();
    assertThat(store().find(key)).isEmpty();
    assertThat(store().header(key)).isEmpty();
    assertThat(store().eventsAfter(key, 0)).isEmpty();
    assertThat(store().documents(key)).isEmpty();
  }

  @Test
  default void findAfter_isAtLeastAsNewAsAsked() {
    var key = newKey();
    assertThat(store().findAfter(key, 0)).isEmpty();
    var order = placed(store(), key);
    assertThat(store().findAfter(key, 0)).contains(order);
    assertThat(store().findAfter(key, order.version())).contains(order);
    var approved = applied(store().commit(approval(order)));
    assertThat(store().findAfter(key, order.version())).contains(approved);
  }

  @Test
  default void headers_areThoseOfEach_acrossAccounts() {
    var keys = new ArrayList<OrderKey>();
    for (int i = 0; i < 2; i++) {
      var account = SampleOrders.newAccount();
      for (int j = 0; j < 130; j++) keys.add(SampleOrders.placed(store(), SampleOrders.newKey(account)).key());
    }
    var sealed = SampleOrders.newKey();
    store().seal(sealed, 0);
    keys.add(sealed);
    var asked = new ArrayList<>(keys);
    asked.add(SampleOrders.newKey());

    assertThat(store().headers(asked)).containsExactlyInAnyOrderElementsOf(keys.stream().map(key -> store().header(key).orElseThrow()).toList());
    assertThat(store().headers(List.of())).isEmpty();
  }

  @Test
  default void findWhole_handsPlacedOrdersOfTheAccountAsTheStoreHasThem() {
    var account = SampleOrders.newAccount();
    var keys = IntStream.range(0, 30).mapToObj(i -> newKey(account)).toList();
    keys.forEach(key -> placed(store(), key));
    store().commit(approval(store().find(keys.get(7)).orElseThrow()));
    var neverPlaced = newKey(account);
    store().seal(neverPlaced, 0);
    placed(store(), newKey(account));
    placed(store(), new OrderKey(SampleOrders.newAccount(), keys.get(3).orderId()));

    var asked = Stream.concat(keys.stream(), Stream.of(neverPlaced, newKey(account))).map(OrderKey::orderId).toList();
    var found = store().findWhole(account, asked);
    assertThat(found).extracting(each -> each.header().key()).containsExactlyInAnyOrderElementsOf(keys);
    for (var each : found) {
      var key = each.header().key();
      assertThat(store().header(key)).contains(each.header());
      assertThat(each.content().get()).isEqualTo(new FoundOrder.Content(store().find(key).orElseThrow(), store().documents(key)));
    }
    assertThat(store().findWhole(account, List.of())).isEmpty();
  }

  @Test
  default void commit_keepsAnOrderAsItWasDecided() {
    var key = newKey();
    var commit = placement(key);
    var order = applied(store().commit(commit));
    assertThat(order).isEqualTo(commit.decision().result());
    assertThat(store().find(key)).contains(order);
    assertThat(store().header(key)).contains(new OrderHeader(key, 3, 0, "payment-pending", SampleOrders.PLACED_AT));
    assertThat(store().documents(key)).isEqualTo(commit.documents());
  }

  @Test
  default void commit_keepsEveryKindOfChange() {
    var key = newKey();
    var changes =
        List.of(
            new Change.Moved(null),
            new Change.Moved("because"),
            new Change.AntifraudAnswered("D5A2", "t-1", "approved", "ação"),
            new Change.AntifraudAnswered("D5A2", null, "undefined", null),
            new Change.PaymentNotified("8F2A"),
            new Change.Invoiced("NF-1", Change.InvoiceType.Output, 1050, "doc-1"),
            new Change.Tracked("NF-1", true, "2026-11-24", List.of(new Change.CarrierEvent("Recife", null, "saiu", "2026-11-23"))),
            new Change.InvoicePatched("NF-1", "T-1", null, "2026-11-24", null),
            new Change.ChangeRequested("r/1", "v1", "doc-2", null, -50, 50, 0),
            new Change.ChangeSettled("r/1", Change.ChangeOutcome.DONE, null),
            new Change.ChangeSettled("r/2", Change.ChangeOutcome.CANCELED, "too late"),
            new Change.CancelAsked(null, true, false));
    var decision = Decision.on(placed(store(), key), UUID.randomUUID(), NOON.plusNanos(1_234_567), "system");
    changes.forEach(decision::record);
    var order = applied(store().commit(new OrderCommit(decision, Map.of(), null)));
    assertThat(store().find(key)).contains(order);
    assertThat(order.events()).extracting(e -> e.change()).endsWith(changes.toArray(Change[]::new));
    assertThat(store().eventsAfter(key, 3)).isEqualTo(decision.events());
    assertThat(store().eventsAfter(key, order.version())).isEmpty();
  }

  @Test
  default void commit_refusesAStaleVersion() {
    var order = placed(store());
    var approved = applied(store().commit(approval(order)));
    assertThat(store().commit(note(order, UUID.randomUUID(), NOON))).isEqualTo(new Conflict());
    assertThat(store().find(order.key())).contains(approved);
  }

  @Test
  default void commit_hasOneWinnerOf32Racers() {
    var order = placed(store());
    var outcomes = Racers.race(32, i -> () -> store().commit(note(order, UUID.randomUUID(), NOON.plusSeconds(i))));
    assertThat(outcomes).filteredOn(Applied.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Conflict.class::isInstance).hasSize(31);
    var winner = outcomes.stream().filter(Applied.class::isInstance).findFirst().orElseThrow();
    assertThat(store().find(order.key())).contains(applied(winner));
  }

  @Test
  default void commit_hasOneWinnerOf32RacersForANewOrder() {
    var key = newKey();
    var outcomes = Racers.race(32, i -> () -> store().commit(placement(key, UUID.randomUUID(), NOON.plusSeconds(i))));
    assertThat(outcomes).filteredOn(Applied.class::isInstance).hasSize(1);
    assertThat(store().find(key).orElseThrow().version()).isEqualTo(3);
  }

  @Test
  default void commit_losesNoChangeOfRacersThatDecideAgain() {
    var key = placed(store()).key();
    Racers.race(
        8,
        i ->
            () -> {
              for (int done = 0; done < 5; ) {
                var order = store().find(key).orElseThrow();
                if (store().commit(note(order, UUID.randomUUID(), NOON.plusSeconds(i))) instanceof Applied) done++;
              }
              return null;
            });
    var order = store().find(key).orElseThrow();
    assertThat(order.version()).isEqualTo(3 + 8 * 5);
    assertThat(order.events().subList(3, 43)).extracting(e -> e.commandId()).doesNotHaveDuplicates();
  }

  @Test
  default void commit_isIdempotentByCommandId() {
    var commit = placement(newKey());
    var first = store().commit(commit);
    assertThat(store().commit(commit)).isEqualTo(first);
    var order = applied(first);
    var approval = approval(order);
    var approved = store().commit(approval);
    assertThat(store().commit(approval)).isEqualTo(approved);
    // Also once the order has moved on: what the command left, not what came after.
    store().commit(note(applied(approved), UUID.randomUUID(), NOON.plusSeconds(60)));
    assertThat(store().commit(approval)).isEqualTo(approved);
    assertThat(store().commit(commit)).isEqualTo(first);
  }

  @Test
  default void commit_findsItsBatchWhenOnlyTheAnswerWasLost() {
    var order = placed(store());
    underTest().faults().nextBatch(Runnable::run);
    var outcome = store().commit(approval(order));
    assertThat(applied(outcome).version()).isEqualTo(6);
    assertThat(store().find(order.key())).contains(applied(outcome));
  }

  @Test
  default void commit_findsItsBatchUnderLaterOnesWhenTheAnswerWasLost() {
    var order = placed(store());
    var approval = approval(order);
    underTest()
        .faults()
        .nextBatch(
            deliver -> {
              deliver.run();
              store().commit(note(store().find(order.key()).orElseThrow(), UUID.randomUUID(), NOON.plusSeconds(60)));
            });
    assertThat(applied(store().commit(approval))).isEqualTo(approval.decision().result());
    assertThat(store().find(order.key()).orElseThrow().version()).isEqualTo(7);
  }

  @Test
  default void commit_sendsAgainWhatNeverArrived() {
    var order = placed(store());
    underTest().faults().nextBatch(deliver -> {});
    underTest().faults().nextBatch(deliver -> {});
    var outcome = store().commit(approval(order));
    assertThat(applied(outcome).version()).isEqualTo(6);
    assertThat(store().find(order.key())).contains(applied(outcome));
  }

  @Test
  default void commit_landsOnceWhenTheLostBatchArrivesAfterItsRepetition() {
    var order = placed(store());
    var late = new AtomicReference<Runnable>();
    underTest().faults().nextBatch(late::set);
    var approved = applied(store().commit(approval(order)));
    late.get().run();
    assertThat(store().find(order.key())).contains(approved);
  }

  @Test
  default void commit_isAConflictWhenItWasLostAndAnotherOvertookIt() {
    var order = placed(store());
    var other = approval(order);
    underTest().faults().nextBatch(deliver -> store().commit(other));
    assertThat(store().commit(note(order, UUID.randomUUID(), NOON))).isEqualTo(new Conflict());
    assertThat(store().find(order.key())).contains(other.decision().result());
  }

  @Test
  default void commit_saysUnavailableWhenTheOutcomeStaysUnknown() {
    var order = placed(store());
    var approval = approval(order);
    underTest().faults().loseAllBatches();
    assertThatThrownBy(() -> store().commit(approval)).isInstanceOf(StoreUnavailable.class).hasMessageContaining(approval.decision().commandId().toString());
    underTest().faults().heal();
    assertThat(applied(store().commit(approval)).version()).isEqualTo(6);
  }

  @Test
  default void commit_writesWakeupsThatSurviveACrashBeforeTheBatch() {
    var key = newKey();
    var lookAt = underTest().clock().instant().plusSeconds(30);
    var placement = new OrderCommit(SampleOrders.placing(key, UUID.randomUUID(), NOON), Map.of("doc-1", SampleOrders.document(1)), lookAt);
    var crashed = new RuntimeException("the process ended here");
    var late = new AtomicReference<Runnable>();
    underTest()
        .faults()
        .nextBatch(
            deliver -> {
              late.set(deliver);
              throw crashed;
            });
    assertThatThrownBy(() -> store().commit(placement)).isSameAs(crashed);

    assertThat(store().find(key)).isEmpty();
    assertThat(wakeups(Lane.RELAY, key)).containsExactly(new Wakeup(key, 0, cut(underTest().clock().instant())));
    assertThat(wakeups(Lane.STEP, key)).containsExactly(new Wakeup(key, 0, cut(lookAt)));

    assertThat(store().seal(key, 0)).isTrue();
    late.get().run();
    assertThat(store().find(key)).isEmpty();
    assertThat(store().header(key)).contains(new OrderHeader(key, 0, 1, null, null));
  }

  @Test
  default void commit_writesWakeupsOfTheVersionBefore() {
    var order = placed(store());
    store().commit(approval(order));
    assertThat(wakeups(Lane.RELAY, order.key())).extracting(Wakeup::version).containsExactlyInAnyOrder(0L, 3L);
  }

  @Test
  default void commit_placesAnOrderWhosePartitionWasSealed() {
    var key = newKey();
    assertThat(store().seal(key, 0)).isTrue();
    underTest().clock().advance(Duration.ofSeconds(1));
    var order = applied(store().commit(placement(key)));
    assertThat(order.epoch()).isEqualTo(1);
    assertThat(store().find(key)).contains(order);
    assertThat(applied(store().commit(approval(order))).epoch()).isEqualTo(1);
  }

  @Test
  default void commit_announcesANewOrderAgainWhenItsPartitionWasSealedMeanwhile() {
    var key = newKey();
    underTest()
        .faults()
        .nextBatch(
            deliver -> {
              // Somebody looks at the wakeup, finds nothing, seals, and closes it.
              store().seal(key, 0);
              underTest().clock().advance(Duration.ofSeconds(20));
            });
    assertThat(applied(store().commit(placement(key))).epoch()).isEqualTo(1);
    assertThat(wakeups(Lane.RELAY, key)).extracting(Wakeup::dueAt).contains(cut(underTest().clock().instant())).hasSize(2);
  }

  @Test
  default void seal_makesALateBatchImpossible() {
    var order = placed(store());
    assertThat(store().seal(order.key(), 3)).isTrue();
    assertThat(store().commit(approval(order))).isEqualTo(new Conflict());
    var sealed = store().find(order.key()).orElseThrow();
    assertThat(sealed).isEqualTo(Order.fold(order.key(), 1, order.events()));
    assertThat(applied(store().commit(approval(sealed))).version()).isEqualTo(6);
  }

  @Test
  default void seal_stopsABatchThatIsOnItsWay() {
    var order = placed(store());
    underTest()
        .faults()
        .nextBatch(
            deliver -> {
              store().seal(order.key(), 3);
              deliver.run();
            });
    assertThat(store().commit(approval(order))).isEqualTo(new Conflict());
    assertThat(store().find(order.key()).orElseThrow().version()).isEqualTo(3);
  }

  @Test
  default void seal_refusesAnOrderThatMovedOn() {
    var order = placed(store());
    store().commit(approval(order));
    assertThat(store().seal(order.key(), 3)).isFalse();
    assertThat(store().seal(order.key(), 0)).isFalse();
    assertThat(store().header(order.key())).contains(new OrderHeader(order.key(), 6, 0, "window-to-cancel", SampleOrders.PLACED_AT));
  }

  @Test
  default void documents_comeBackAsTheyWereSent() {
    var json =
        """
        {"z":1.0,"a":0.014090900309383867,"m":10.0,"long":9223372036854775807,"big":92233720368547758070,"neg":-5,"zero":0,\
        "tiny":0.00000012,"text":"Ação \\"ç\\" \\u0001 \uD83D\uDE00","yes":true,"no":false,"nothing":null,"empty":{},"none":[],\
        "clientProfileData":{"email":"a@b.c","document":null,"nested":{"x":[1,2.50,"3"]}},\
        "list":[1,1.10,null,"",{"b":2,"a":1}],"last":100}""";
    var sent = ExactJson.tree(json.getBytes(StandardCharsets.UTF_8));
    var key = newKey();
    store().commit(new OrderCommit(SampleOrders.placing(key, UUID.randomUUID(), NOON), Map.of("doc-1", sent), null));
    var read = store().documents(key).get("doc-1");
    assertThat(read).isEqualTo(sent);
    assertThat(new String(ExactJson.bytes(read), StandardCharsets.UTF_8)).isEqualTo(json);
    assertThat(read.get("long")).isInstanceOf(Long.class);
    assertThat(read.get("big")).isInstanceOf(BigInteger.class);
    assertThat(read.get("z")).isEqualTo(new BigDecimal("1.0"));
  }

  @Test
  default void documents_keepCustomerAbsentOrNull() {
    var key = newKey();
    var withNull = new LinkedHashMap<String, @Nullable Object>();
    withNull.put("clientProfileData", null);
    withNull.put("value", 1L);
    var without = new LinkedHashMap<String, @Nullable Object>(Map.of("value", 2L));
    store().commit(new OrderCommit(SampleOrders.placing(key, UUID.randomUUID(), NOON), Map.of("doc-1", withNull, "doc-2", without), null));
    assertThat(store().documents(key)).isEqualTo(Map.of("doc-1", withNull, "doc-2", without));
    assertThat(store().documents(key).get("doc-2")).doesNotContainKey("clientProfileData");
  }

  @Test
  default void documents_holdFiveThousandLines() {
    var key = newKey();
    var document = SampleOrders.document(5000);
    store().commit(new OrderCommit(SampleOrders.placing(key, UUID.randomUUID(), NOON), Map.of("doc-1", document), null));
    assertThat(store().documents(key).get("doc-1")).isEqualTo(document);
  }

  private List<Wakeup> wakeups(Lane lane, OrderKey key) {
    var now = underTest().clock().instant();
    var all = new ArrayList<Wakeup>();
    all.addAll(underTest().stores().wakeups().read(lane, lane.shardOf(key), now.minusSeconds(120), now.plusSeconds(120), 10_000));
    return all.stream().filter(w -> w.key().equals(key)).toList();
  }

  private static Instant cut(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS);
  }
}
