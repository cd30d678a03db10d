package shop.orders.localstack.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shop.orders.localstack.client.Answer;
import shop.orders.localstack.client.Connection;
import shop.orders.localstack.client.FakeOms;
import shop.orders.localstack.client.Json;
import shop.orders.localstack.client.OmsClient;

/** The provider over HTTP, as the platform asks it. */
class AntifraudProviderTest {
  private FakeOms oms;
  private Partners.Running partners;
  private OmsClient platform;

  @BeforeEach
  void start() throws Exception {
    oms = new FakeOms();
    partners = Partners.start("127.0.0.1", 0, oms.connection("erp"), oms.connection("carrier"), 1);
    platform = new OmsClient(new Connection(partners.server().getURI(), "demo", "k", "t"), Duration.ofSeconds(5));
  }

  @AfterEach
  void stop() {
    partners.close();
    oms.close();
  }

  @Test
  void buyer_steersTheVerdict() throws Exception {
    assertThat(status(send("A0", "ana.lima@example.com"))).isEqualTo("approved");
    assertThat(status(send("A1", "ana.denied@example.com"))).isEqualTo("denied");
    assertThat(status(send("A2", "ana.undefined@example.com"))).isEqualTo("undefined");
    assertThat(status(send("A3", "ana.received@example.com"))).isEqualTo("received");
    assertThat(status(send("A3", "ana.received@example.com"))).isEqualTo("received");
    assertThat(status(poll("A3"))).isEqualTo("received");
    assertThat(status(poll("A3"))).isEqualTo("approved");
    assertThat(status(send("A4", "ana@denied.example.com"))).isEqualTo("approved");
  }

  @Test
  void sameTransaction_isAnsweredTheSame() throws Exception {
    assertThat(send("B0", "denied@example.com").body()).isEqualTo(send("B0", "other@example.com").body());
  }

  @Test
  void unknownTransaction_isNotFound() throws Exception {
    assertThat(poll("C0").status()).isEqualTo(404);
    assertThat(platform.post("/antifraud/transactions", Map.of()).status()).isEqualTo(400);
  }

  @Test
  void everyCallOfTheProtocol_isAnswered() throws Exception {
    assertThat(platform.get("/antifraud/manifest").body()).contains("cardholderDocument");
    assertThat(status(platform.post("/antifraud/pre-analysis", transaction("D0", "undefined@example.com", "")))).isEqualTo("approved");
    send("D0", "received@example.com");
    assertThat(status(platform.put("/antifraud/transactions/D0", transaction("D0", "received@example.com", "")))).isEqualTo("received");
    assertThat(platform.send("DELETE", "/antifraud/transactions/D0", null, Map.of()).ok()).isTrue();
  }

  @Test
  void certificationSuite_goesByTheLastDigit() throws Exception {
    platform.put("/control", Map.of("verdicts", "certification"));
    assertThat(status(send("F1", ""))).isEqualTo("received");
    assertThat(status(poll("F1"))).isEqualTo("approved");
    assertThat(status(send("F2", ""))).isEqualTo("denied");
    for (var id : List.of("F3", "F4")) {
      assertThat(status(send(id, ""))).isEqualTo("received");
      assertThat(status(poll(id))).isEqualTo("undefined");
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> status(poll("F3")).equals("approved"));
    await().until(() -> status(poll("F4")).equals("denied"));
  }

  @Test
  void verdictByHook_isTold() throws Exception {
    platform.put("/control", Map.of("verdicts", "certification"));
    var told = new CopyOnWriteArrayList<String>();
    var hook = new Server(0);
    hook.setHandler(new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback) throws Exception {
        told.add(Json.MAPPER.readTree(Content.Source.asString(request)).get("status").asString());
        callback.succeeded();
        return true;
      }
    });
    hook.start();
    try {
      platform.post("/antifraud/transactions", transaction("E6", "", URI.create(hook.getURI().toString()).resolve("/hook").toString()));
      await().untilAsserted(() -> assertThat(told).containsExactly("denied"));
    } finally {
      hook.stop();
    }
  }

  @Test
  void control_makesItSlowAndFailing() throws Exception {
    platform.put("/control", Map.of("failRate", 1, "delayMillis", 300));
    long before = System.nanoTime();
    assertThat(send("G0", "").status()).isEqualTo(503);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    platform.put("/control", Map.of("failRate", 0, "delayMillis", 0));
    assertThat(send("G0", "").ok()).isTrue();
  }

  private Answer send(String id, String email) throws Exception {
    return platform.post("/antifraud/transactions", transaction(id, email, ""));
  }

  private Answer poll(String id) throws Exception {
    return platform.get("/antifraud/transactions/" + id);
  }

  private static Map<String, Object> transaction(String id, String email, String hook) {
    return Map.of("id", id, "value", 10.5, "miniCart", Map.of("buyer", Map.of("email", email, "document", "")), "hook", hook);
  }

  private static String status(Answer answer) {
    return Json.MAPPER.readTree(answer.body()).get("status").asString();
  }
}
