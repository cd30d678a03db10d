package shop.orders.localstack.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import shop.orders.localstack.replay.ReplayResult.Unfinished;

/** What is known about a run while it goes. One lock: a few updates per order are nothing beside its HTTP calls. */
final class Board {
  private final long startedAt = System.nanoTime();
  private final Map<String, Open> open = new LinkedHashMap<>();
  private final Map<WantedEnd, Long> arrived = new EnumMap<>(WantedEnd.class);
  private final List<Unfinished> failed = new ArrayList<>();
  private final LongStream.Builder millisToEnd = LongStream.builder();
  private long planned;
  private long placed;
  private long atEnd;
  private long lastProgressAt = startedAt;
  private long lastArrivalAt = startedAt;
  private boolean allPlanned;
  private String trouble = "";

  /** An order on its way; {@code orderId} is null until it is accepted. */
  private record Open(String source, WantedEnd wanted, @Nullable String orderId, String lastSeen, long sentAt) {}

  synchronized void planned(PlannedOrder order) {
    planned++;
    open.put(order.source(), new Open(order.source(), order.end(), null, "not accepted yet", System.nanoTime()));
  }

  synchronized void allPlanned() {
    allPlanned = true;
  }

  synchronized void placed(String source, String orderId) {
    placed++;
    trouble = "";
    lastProgressAt = System.nanoTime();
    open.computeIfPresent(source, (same, was) -> new Open(source, was.wanted(), orderId, "accepted", was.sentAt()));
  }

  synchronized void seen(String source, String standing) {
    trouble = "";
    open.computeIfPresent(source, (same, was) -> new Open(source, was.wanted(), was.orderId(), standing, was.sentAt()));
  }

  synchronized void trouble(String source, String what) {
    trouble = what;
    open.computeIfPresent(source, (same, was) -> new Open(source, was.wanted(), was.orderId(), what, was.sentAt()));
  }

  synchronized void arrived(String source) {
    var order = open.remove(source);
    if (order == null) return;
    long now = System.nanoTime();
    atEnd++;
    lastProgressAt = now;
    lastArrivalAt = now;
    trouble = "";
    arrived.merge(order.wanted(), 1L, Long::sum);
    millisToEnd.add((now - order.sentAt()) / 1_000_000);
  }

  /** No use in looking any longer. */
  synchronized void failed(String source, String reason) {
    var order = open.remove(source);
    if (order == null) return;
    lastProgressAt = System.nanoTime();
    failed.add(unfinished(order, reason));
  }

  synchronized boolean finished() {
    return allPlanned && open.isEmpty();
  }

  synchronized boolean stoodStillFor(Duration patience) {
    return System.nanoTime() - lastProgressAt > patience.toNanos();
  }

  synchronized Progress.Standing standing() {
    return new Progress.Standing(planned, placed, atEnd, failed.size(), Duration.ofNanos(System.nanoTime() - startedAt), trouble);
  }

  synchronized ReplayResult result() {
    var unfinished = new ArrayList<>(failed);
    open.values().forEach(order -> unfinished.add(unfinished(order, "last seen: " + order.lastSeen())));
    return new ReplayResult(planned, placed, new EnumMap<>(arrived), List.copyOf(unfinished),
        Duration.ofNanos(lastArrivalAt - startedAt), millisToEnd.build().toArray());
  }

  private static Unfinished unfinished(Open order, String reason) {
    return new Unfinished(order.source(), order.orderId() == null ? "" : order.orderId(), order.wanted(), reason);
  }
}
