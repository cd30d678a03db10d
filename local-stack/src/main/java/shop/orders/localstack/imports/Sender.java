package shop.orders.localstack.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import shop.orders.localstack.client.Answer;
import shop.orders.localstack.client.Backoff;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.client.Json;
import shop.orders.localstack.client.OmsClient;
import shop.orders.localstack.replay.Causes;
import tools.jackson.core.JacksonException;

/** Sends one batch until each of its documents is in or refused. Sending again is harmless: what is in is answered as unchanged. */
final class Sender {
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
  /** More than the front door gives a service, so that its answer is heard. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

  private final OmsClient oms;
  private final String path;
  private final Tally tally;
  private final CountDownLatch stopped;

  Sender(Connection connection, boolean live, Tally tally, CountDownLatch stopped) {
    this.oms = new OmsClient(connection, CALL_TIMEOUT);
    this.path = "/api/oms/pvt/orders/import" + (live ? "?live=true" : "");
    this.tally = tally;
    this.stopped = stopped;
  }

  private record Results(@Nullable List<Result> results) {}

  private record Result(@Nullable Integer index, @Nullable String orderId, @Nullable String result, @Nullable String reason) {}

  void send(List<SourceDocument> batch) throws InterruptedException {
    var open = batch;
    for (int failures = 1; stopped.getCount() > 0; failures++) {
      Duration wait;
      try {
        var answer = oms.send("POST", path, body(open), Map.of());
        if (!answer.ok() && !answer.notNow()) {
          refused(open, answer);
          return;
        }
        if (answer.ok()) {
          var again = settle(open, answer);
          if (again.isEmpty()) return;
          if (again.size() < open.size()) failures = 0;
          open = again;
          tally.trouble(again.size() + " of a batch to be sent again");
        } else {
          tally.trouble("importing answered " + answer.summary());
        }
        wait = BACKOFF.delay(failures, answer);
      } catch (IOException | JacksonException e) {
        tally.trouble("importing: " + Causes.of(e));
        wait = BACKOFF.delay(failures);
      }
      if (stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS)) return;
    }
  }

  /** One bad document can have a whole request refused: halves find it. */
  private void refused(List<SourceDocument> open, Answer answer) throws InterruptedException {
    switch (answer.status()) {
      case 401, 403, 404, 405 -> tally.shutOut(answer.summary());
      default -> {
        if (open.size() == 1) {
          tally.refused(open.get(0), "", answer.summary());
          return;
        }
        send(open.subList(0, open.size() / 2));
        send(open.subList(open.size() / 2, open.size()));
      }
    }
  }

  /** @return what is to be sent again: what the answer says so of, and what it does not mention */
  private List<SourceDocument> settle(List<SourceDocument> sent, Answer answer) {
    var again = new ArrayList<>(sent);
    var results = Json.MAPPER.readValue(answer.body(), Results.class).results();
    for (var result : results == null ? List.<Result>of() : results) {
      if (result == null || result.index() == null || result.index() < 0 || result.index() >= sent.size()) continue;
      var document = sent.get(result.index());
      if (!again.contains(document)) continue; // answered for already
      boolean settled =
          switch (String.valueOf(result.result())) {
            case "imported" -> tally.imported();
            case "unchanged" -> tally.unchanged();
            case "refused" -> tally.refused(document, String.valueOf(result.orderId()), String.valueOf(result.reason()));
            default -> false;
          };
      if (settled) again.remove(document);
    }
    return again;
  }

  private static byte[] body(List<SourceDocument> batch) {
    var body = new ByteArrayOutputStream();
    body.write('[');
    for (int i = 0; i < batch.size(); i++) {
      if (i > 0) body.write(',');
      body.writeBytes(batch.get(i).json());
    }
    body.write(']');
    return body.toByteArray();
  }
}
