package shop.orders.systemtest.rebuild;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import shop.orders.localstack.cli.OperatorApi;
import tools.jackson.databind.JsonNode;

/** A rebuild of all orders that somebody here asked for. */
public final class RunningRebuild {
  private static final String REBUILDS = "/operator/search/rebuilds";
  private static final Duration LIMIT = Duration.ofHours(2);
  private static final long LOOK_EVERY_MILLIS = 500;

  private final OperatorApi search = OperatorApi.ofSearch();
  private final String id;

  private RunningRebuild(String id) {
    this.id = id;
  }

  /** Asks for one. @throws shop.orders.localstack.server.ServerFailed if it may not begin */
  public static RunningRebuild begin() {
    var search = OperatorApi.ofSearch();
    search.get("/actuator/health/liveness"); // if the service was frozen for long the connection is dead, and what begins something is not sent twice
    return new RunningRebuild(search.post(REBUILDS, Map.of()).path("id").asString());
  }

  /**
   * @param waves what each was of, in order
   * @param orders of all waves
   * @param redone orders indexed once more, by its own count
   * @param all from its being asked for to its end
   * @param first until the first wave was proven
   */
  public record Done(List<String> waves, long orders, long redone, Duration all, Duration first) {
    public double perSecond() {
      return orders / (all.toMillis() / 1e3);
    }

    /** Of the whole time, 0 to 100. */
    public double firstPercent() {
      return 100.0 * first.toMillis() / all.toMillis();
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%,d orders in %.0f s, proofs included: %.0f per second, the first wave done after %.0f %% of that; %s",
          orders, all.toMillis() / 1e3, perSecond(), firstPercent(), String.join(", ", waves));
    }
  }

  /** @throws IllegalStateException if it will not end by itself, or not within two hours */
  public Done done() throws InterruptedException {
    if (!ends(LIMIT)) throw new IllegalStateException("not rebuilt within " + LIMIT.toMinutes() + " minutes: " + now());
    var now = now();
    long orders = 0;
    var waves = new ArrayList<String>();
    for (var wave : now.path("waves")) {
      orders += wave.path("orders").asLong();
      waves.add(String.format(Locale.ROOT, "%,d orders of wave %d in %.0f s", wave.path("orders").asLong(), wave.path("wave").asInt(), Duration.between(instant(wave, "beganAt"), instant(wave, "endedAt")).toMillis() / 1e3));
    }
    var began = instant(now, "beganAt");
    return new Done(waves, orders, now.path("redone").asLong(), Duration.between(began, instant(now, "endedAt")),
        Duration.between(began, instant(now.path("waves").path(0), "endedAt")));
  }

  /** @throws IllegalStateException if it will not end by itself */
  public boolean isDone() {
    var now = now();
    var status = now.path("status").asString();
    if (!status.equals("done") && !status.equals("running")) throw new IllegalStateException("the rebuild does not go on: " + now);
    return status.equals("done");
  }

  /** @return whether it is done within that time @throws IllegalStateException if it will not end by itself */
  public boolean ends(Duration time) throws InterruptedException {
    long deadline = System.nanoTime() + time.toNanos();
    while (true) {
      if (isDone()) return true;
      long left = deadline - System.nanoTime();
      if (left <= 0) return false;
      TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS)));
    }
  }

  /** Where it is, for people. */
  public String where() {
    var now = now();
    var waves = now.path("waves");
    if (waves.isEmpty()) return "its beginning";
    var wave = waves.path(waves.size() - 1);
    return String.format(Locale.ROOT, "wave %d, %.0f %%%s", wave.path("wave").asInt(), 100 * wave.path("part").asDouble(), now.path("proving").asBoolean() ? ", being proven" : "");
  }

  /** When lists began to be answered from what it builds; empty until then. */
  public Optional<Instant> switchedAt() {
    var now = now();
    return now.path("switchedAt").isString() ? Optional.of(instant(now, "switchedAt")) : Optional.empty();
  }

  /** Gives it up, if it is not done. */
  public void cancel() {
    if (!isDone()) search.post(REBUILDS + "/current/cancel", Map.of());
  }

  private JsonNode now() {
    var now = search.get(REBUILDS + "/current");
    if (!now.path("id").asString().equals(id)) throw new IllegalStateException("another rebuild began: " + now);
    return now;
  }

  private static Instant instant(JsonNode of, String field) {
    return Instant.parse(of.path(field).asString());
  }
}
