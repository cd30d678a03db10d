package shop.orders.localstack.partners;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import shop.orders.localstack.client.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The partners' own HTTP side: the antifraud provider, its controls, and whether the partners are ready. */
final class PartnersHttp extends Handler.Abstract {
  private static final String ANTIFRAUD = "/antifraud";
  private static final String TRANSACTION = ANTIFRAUD + "/transactions/";

  private final AntifraudProvider antifraud;
  private final AtomicReference<Control> control;
  private final BooleanSupplier ready;

  PartnersHttp(AntifraudProvider antifraud, AtomicReference<Control> control, BooleanSupplier ready) {
    this.antifraud = antifraud;
    this.control = control;
    this.ready = ready;
  }

  private record Reply(int status, Object body) {
    static Reply ok(Object body) {
      return new Reply(200, body);
    }

    static Reply of(Optional<? extends Object> found) {
      return found.<Reply>map(Reply::ok).orElseGet(() -> problem(404, "not known here"));
    }

    static Reply problem(int status, String message) {
      return new Reply(status, Map.of("message", message));
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    var path = Request.getPathInContext(request);
    var body = Content.Source.asString(request, StandardCharsets.UTF_8);
    if (!path.startsWith(ANTIFRAUD)) {
      write(response, callback, guarded(() -> own(request.getMethod(), path, body)));
      return true;
    }
    var now = control.get();
    var reply = ThreadLocalRandom.current().nextDouble() < now.failRate()
        ? Reply.problem(503, "failing on request")
        : guarded(() -> antifraud(request.getMethod(), path, body));
    if (now.delayMillis() == 0) {
      write(response, callback, reply);
    } else {
      request.getComponents().getScheduler().schedule(() -> write(response, callback, reply), now.delayMillis(), TimeUnit.MILLISECONDS);
    }
    return true;
  }

  private Reply own(String method, String path, String body) {
    return switch (method + " " + path) {
      case "GET /health" -> ready.getAsBoolean()
          ? Reply.ok(Map.of("status", "UP"))
          : new Reply(503, Map.of("status", "STARTING", "reason", "the ERP's or the carrier's feed is not set up yet"));
      case "GET /health/live" -> Reply.ok(Map.of("status", "UP"));
      case "GET /control" -> Reply.ok(control.get());
      case "PUT /control" -> {
        var change = Json.MAPPER.readValue(body, Control.Change.class);
        yield Reply.ok(control.updateAndGet(was -> was.with(change)));
      }
      default -> Reply.problem(404, "no such address");
    };
  }

  private Reply antifraud(String method, String path, String body) {
    if (path.startsWith(TRANSACTION)) return transaction(method, path.substring(TRANSACTION.length()));
    return switch (method + " " + path.substring(ANTIFRAUD.length())) {
      case "GET /manifest" -> Reply.ok(antifraud.manifest());
      case "POST /pre-analysis" -> Reply.ok(antifraud.preAnalysis(json(body)));
      case "POST /transactions" -> Reply.ok(antifraud.send(json(body)));
      default -> Reply.problem(404, "no such address");
    };
  }

  private Reply transaction(String method, String id) {
    return switch (method) {
      case "GET" -> Reply.of(antifraud.poll(id));
      case "PUT" -> Reply.of(antifraud.update(id));
      case "DELETE" -> {
        antifraud.stop(id);
        yield Reply.ok(List.of());
      }
      default -> Reply.problem(405, "not that way");
    };
  }

  private static JsonNode json(String body) {
    var json = Json.MAPPER.readTree(body);
    if (!json.isObject()) throw new IllegalArgumentException("the body is not a JSON object");
    return json;
  }

  @FunctionalInterface
  private interface Answering {
    Reply reply();
  }

  private static Reply guarded(Answering answering) {
    try {
      return answering.reply();
    } catch (JacksonException | IllegalArgumentException e) {
      return Reply.problem(400, String.valueOf(e.getMessage()));
    }
  }

  private static void write(Response response, Callback callback, Reply reply) {
    response.setStatus(reply.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    Content.Sink.write(response, true, Json.MAPPER.writeValueAsString(reply.body()), callback);
  }
}
