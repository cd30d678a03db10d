package shop.orders.localstack.partners;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.orders.localstack.client.Backoff;
import shop.orders.localstack.client.OmsClient;
import tools.jackson.databind.JsonNode;

/**
 * The provider's side of VTEX's antifraud protocol. Remembers analyses in memory: after its death it knows none of them, as a provider
 * that lost its data, and a transaction has to be sent again.
 */
final class AntifraudProvider {
  private static final Logger LOG = LoggerFactory.getLogger(AntifraudProvider.class);
  private static final int HOOK_TRIES = 10;
  private static final Backoff HOOK_BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

  private final Map<String, Analysis> analyses = new ConcurrentHashMap<>();
  private final Supplier<Control> control;
  private final OmsClient store;
  private final ScheduledExecutorService timer;
  private final Clock clock;

  /** @param store with the key the provider calls hooks with */
  AntifraudProvider(Supplier<Control> control, OmsClient store, ScheduledExecutorService timer, Clock clock) {
    this.control = control;
    this.store = store;
    this.timer = timer;
    this.clock = clock;
  }

  Map<String, Object> manifest() {
    return Map.of("cardholderDocument", "optional", "allowAntifraudOnGiftCard", true,
        "customFields", List.of(Map.of("name", "AnalysisMode", "type", "text")));
  }

  /** Decides at once: where the analysis would go on, it lets the buyer pass. */
  Map<String, Object> preAnalysis(JsonNode request) {
    var id = request.path("id").asString("");
    var verdict = verdict(id, request);
    var decided = verdict.last() == Verdict.Status.DENIED ? Verdict.Status.DENIED : Verdict.Status.APPROVED;
    return new Analysis(id, tid(id), new Verdict(decided, decided, 0, Duration.ZERO, false), clock.instant()).sent(clock.instant());
  }

  /** @throws IllegalArgumentException if the request names no transaction */
  Map<String, Object> send(JsonNode request) {
    var id = request.path("id").asString("");
    if (id.isBlank()) throw new IllegalArgumentException("id is missing");
    var known = analyses.get(id);
    if (known != null) return known.sent(clock.instant());
    var begun = new Analysis(id, tid(id), verdict(id, request), clock.instant());
    var first = analyses.putIfAbsent(id, begun);
    if (first != null) return first.sent(clock.instant());
    if (begun.verdict().byHook()) callLater(request.path("hook").asString(""), begun, 1, begun.verdict().after());
    return begun.sent(clock.instant());
  }

  /** The order was edited: the course of its analysis stays. */
  Optional<Map<String, Object>> update(String id) {
    return Optional.ofNullable(analyses.get(id)).map(analysis -> {
      var answer = analysis.sent(clock.instant());
      answer.put("fraudRiskPercentage", answer.get("score"));
      answer.keySet().retainAll(List.of("id", "status", "fraudRiskPercentage", "analysisType", "responses"));
      return answer;
    });
  }

  Optional<Map<String, Object>> poll(String id) {
    return Optional.ofNullable(analyses.get(id)).map(analysis -> analysis.polled(clock.instant()));
  }

  void stop(String id) {
    var analysis = analyses.get(id);
    if (analysis != null) analysis.stop();
  }

  private Verdict verdict(String id, JsonNode request) {
    var now = control.get();
    if (now.verdicts() == Control.Verdicts.CERTIFICATION) return Verdict.bySuite(id);
    var buyer = request.path("miniCart").path("buyer");
    return Verdict.byBuyer(buyer.path("email").asString(""), buyer.path("document").asString(""), now.approveAtPoll());
  }

  private void callLater(String hook, Analysis analysis, int attempt, Duration wait) {
    if (hook.isBlank()) {
      LOG.warn("a verdict is to be told by hook, but the request names none");
      return;
    }
    timer.schedule(() -> callHook(hook, analysis, attempt), wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void callHook(String hook, Analysis analysis, int attempt) {
    try {
      var answer = store.post(hook, analysis.sent(clock.instant()));
      if (answer.ok()) return;
      LOG.warn("hook {} answered {}", hook, answer.summary());
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("hook {}: {}", hook, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (attempt < HOOK_TRIES) callLater(hook, analysis, attempt + 1, HOOK_BACKOFF.delay(attempt));
  }

  private static String tid(String id) {
    return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString().replace("-", "");
  }
}
