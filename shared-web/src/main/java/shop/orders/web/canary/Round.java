package shop.orders.web.canary;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.web.status.CanaryStage;
import tools.jackson.databind.JsonNode;

/** One order's way, as a checkout and a connector take it. For one thread. */
class Round {
  private static final Logger log = LoggerFactory.getLogger(Round.class);

  /** Everything a stage does is over in a second or two where all is well. */
  static final Duration STAGE_LIMIT = Duration.ofSeconds(10);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
  private static final Duration TO_CANCEL = Duration.ofSeconds(2);
  private static final String READY = "ready-for-handling";
  private static final long VISIBILITY_SECONDS = 20;
  private static final String PAYMENT = "CANARY";
  private static final long VALUE = 100;

  private final CanaryApi api;
  private final boolean notifyPayment;
  private final Instant begun;
  private final long end;
  private @Nullable String order;
  private boolean invoiced;

  /** @param lasts all of its stages together @param begun now */
  Round(CanaryApi api, boolean notifyPayment, Instant begun, Duration lasts) {
    this.api = api;
    this.notifyPayment = notifyPayment;
    this.begun = begun;
    this.end = System.nanoTime() + lasts.toNanos();
  }

  /** Takes the order through; to be called for one stage after the other. @throws StageFailed if it does not get through in time */
  void pass(CanaryStage stage) throws InterruptedException {
    var limit = new Limit(Math.min(System.nanoTime() + STAGE_LIMIT.toNanos(), end));
    switch (stage) {
      case INTAKE -> place(limit);
      case ANTIFRAUD -> awaitReady(limit);
      case FEED -> hearOfIt(limit);
      case START_HANDLING -> api.post(path("/start-handling"), Map.of(), limit.left()).ok();
      case INVOICE -> {
        api.post(path("/invoice"), invoice(), limit.left()).ok();
        invoiced = true;
      }
      case SEARCH -> find(limit);
    }
  }

  /** After a stage that failed: the order is canceled, as far as that can be; one that is invoiced has its end. */
  void giveUp() throws InterruptedException {
    if (order != null && !invoiced) cancel(order, TO_CANCEL);
  }

  private void place(Limit limit) throws InterruptedException {
    var id = api.post("/api/oms/pvt/orders", document(), limit.left()).ok().body().path("orderId").asString("");
    if (id.isEmpty()) throw new StageFailed("the order that was placed has no id");
    order = id;
  }

  private void awaitReady(Limit limit) throws InterruptedException {
    if (notifyPayment) api.post(path("/payments/" + PAYMENT + "/payment-notification"), Map.of(), limit.left()).ok();
    while (true) {
      var status = api.get(path(""), limit.left()).ok().body().path("status").asString("");
      if (status.equals(READY)) return;
      if (status.equals("canceled")) throw new StageFailed("the order is canceled");
      limit.pause("the order is still " + status);
    }
  }

  private void hearOfIt(Limit limit) throws InterruptedException {
    listen(limit);
    while (true) {
      // The answer must have come before it is given up: an event that nobody got would be hidden for a while.
      long wait = Math.max(0, limit.left().toSeconds() - 1);
      var events = api.get("/api/orders/feed?maxlot=10&wait=" + wait, limit.left()).ok().body();
      boolean heard = false;
      var handles = new ArrayList<String>();
      for (var event : events) {
        handles.add(event.path("handle").asString(""));
        var other = event.path("orderId").asString("");
        if (other.equals(order)) heard = true;
        else cancel(other, limit.left()); // of a round that broke off
      }
      if (!handles.isEmpty()) api.post("/api/orders/feed", Map.of("handles", handles), limit.left()).ok();
      if (heard) return;
      if (events.isEmpty()) limit.pause("no event of the order");
    }
  }

  /** A feed that listens for what it should is left alone. One that is new begins with this round. */
  private void listen(Limit limit) throws InterruptedException {
    var path = "/api/orders/feed/config";
    var there = api.get(path, limit.left());
    boolean isNew = there.status() == 404;
    if (!isNew && listens(there.ok().body())) return;
    var wanted = new LinkedHashMap<String, Object>();
    wanted.put("filter", Map.of("type", "FromWorkflow", "status", List.of(READY)));
    wanted.put("queue", Map.of("visibilityTimeoutInSeconds", VISIBILITY_SECONDS));
    if (isNew) wanted.put("from", Map.of("date", begun.toString()));
    api.post(path, wanted, limit.left()).ok();
  }

  private static boolean listens(JsonNode config) {
    var statuses = config.path("filter").path("status");
    return statuses.size() == 1 && statuses.path(0).asString("").equals(READY) && config.path("queue").path("visibilityTimeoutInSeconds").asLong(0) == VISIBILITY_SECONDS;
  }

  /** The same question each time: search remembers what is asked, to compare answers when it is rebuilt. */
  private void find(Limit limit) throws InterruptedException {
    while (true) {
      var list = api.getList("/api/oms/pvt/orders?orderBy=creationDate,desc&per_page=15", limit.left()).ok().body().path("list");
      for (var row : list) {
        if (row.path("orderId").asString("").equals(order) && row.path("status").asString("").equals("invoiced")) return;
      }
      limit.pause("the list does not show the order as it is");
    }
  }

  private void cancel(String id, Duration limit) throws InterruptedException {
    try {
      api.post("/api/oms/pvt/orders/" + id + "/cancel", Map.of("reason", "canary"), limit);
    } catch (StageFailed e) {
      log.info("canary order {} could not be canceled, its event or its deadline will: {}", id, e.getMessage());
    }
  }

  private String path(String of) {
    return "/api/oms/pvt/orders/" + Objects.requireNonNull(order) + of;
  }

  private static Map<String, Object> document() {
    var payment = Map.of("id", PAYMENT, "paymentSystemName", "Canary", "group", "canary", "value", VALUE);
    return Map.of(
        "value", VALUE,
        "items", List.of(Map.of("id", "canary", "name", "Canary", "quantity", 1, "price", VALUE, "sellingPrice", VALUE)),
        "clientProfileData", Map.of("firstName", "Canary", "lastName", "Order", "email", "canary@example.com"),
        "paymentData", Map.of("transactions", List.of(Map.of("isActive", true, "payments", List.of(payment)))));
  }

  private Map<String, Object> invoice() {
    return Map.of(
        "type", "Output",
        "issuanceDate", begun.toString(),
        "invoiceNumber", "CANARY-" + order,
        "invoiceValue", VALUE,
        "items", List.of(Map.of("id", "canary", "quantity", 1, "price", VALUE)));
  }

  /** @param until by {@link System#nanoTime} */
  private record Limit(long until) {
    /** @throws StageFailed if nothing is */
    Duration left() {
      long left = until - System.nanoTime();
      if (left <= 0) throw new StageFailed("it takes too long");
      return Duration.ofNanos(left);
    }

    /** @throws StageFailed with {@code otherwise} if the time is over before */
    void pause(String otherwise) throws InterruptedException {
      if (until - System.nanoTime() <= LOOK_AGAIN.toNanos()) throw new StageFailed(otherwise);
      TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
    }
  }
}
