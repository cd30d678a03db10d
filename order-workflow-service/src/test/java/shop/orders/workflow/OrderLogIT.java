package shop.orders.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** What is written down about an order beside its document: history, interactions, mails. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class OrderLogIT {
  private static final String NO_REFERENCE = "the VTEX reference documents are not part of this project; give their place with -Dvtex.reference=DIR";

  @Value("${local.server.port}")
  int port;

  private Shop shop;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    Shop.properties(registry);
  }

  @BeforeEach
  void open() {
    shop = new Shop(port);
  }

  @Test
  void history_tellsEveryEventOldestFirst() {
    var id = shop.handling();
    var canceled = shop.cancel(id, false);
    var history = get(id, "/history");
    var version = Long.parseLong(shop.api.get(Shop.orders(id)).headers().firstValue("X-Order-Version").orElseThrow());
    assertThat(history).hasSize((int) version);
    for (var line : history) {
      assertThat(line.propertyNames()).containsExactly("version", "date", "type", "domain", "from", "to", "by", "reason", "receipt", "details");
      assertThat(line.path("receipt").asString()).matches("[0-9a-f]{32}");
      assertThat(line.toString()).doesNotContain("Rev\"");
    }
    assertThat(history).extracting(l -> l.path("version").asLong()).isSorted().startsWith(1L);
    assertThat(history.get(0).path("from").isNull()).isTrue();
    assertThat(history.get(0).path("type").asString()).isEqualTo("placed");
    assertThat(history.get(0).at("/details/value").asLong()).isEqualTo(1160);
    assertThat(history).extracting(l -> l.path("to").asString()).endsWith("start-handling", "handling", "cancel", "canceled");
    var cancel = history.get((int) version - 2);
    assertThat(cancel.path("reason").asString()).isEqualTo("wrong size");
    assertThat(cancel.path("receipt")).isEqualTo(canceled.json().path("receipt"));
    assertThat(cancel.path("domain").asString()).isEqualTo("Fulfillment");
  }

  @Test
  void interactions_areLinesBetweenWhatTheWorkflowDid() {
    var id = shop.place();
    var before = shop.order(id, "");
    assertThat(note(id, "Postman", "Add interactions").status()).isEqualTo(200);
    var after = shop.order(id, "");
    assertThat(after.path("status")).isEqualTo(before.path("status"));
    assertThat(after.path("lastChange")).isNotEqualTo(before.path("lastChange"));
    shop.pay(id);
    var log = get(id, "/interactions");
    assertThat(log).allSatisfy(line -> assertThat(line.propertyNames()).containsExactly("date", "message", "source", "status"));
    assertThat(log).extracting(l -> l.path("date").asString()).isSorted();
    var noted = log.get(3);
    assertThat(noted.path("message").asString()).isEqualTo("Add interactions");
    assertThat(noted.path("source").asString()).isEqualTo("Postman");
    assertThat(noted.path("status").asString()).isEqualTo("payment-pending");
    assertThat(log.get(2).path("source").asString()).isEqualTo("Workflow Engine");
    assertThat(log.get(2).path("message").asString()).isEqualTo("Order entered payment-pending");
    assertThat(log.get(4).path("message").asString()).isEqualTo("Payment notified, order entered approve-payment");
  }

  @Test
  void interactions_keepTwoThousandCharacters() {
    var id = shop.place();
    assertThat(note(id, "s", "ã".repeat(2000)).status()).isEqualTo(200);
    assertThat(get(id, "/interactions").get(3).path("message").asString()).hasSize(2000);
    assertThat(note(id, "s", "a".repeat(2001)).status()).isEqualTo(400);
  }

  @Test
  void aMail_isShownAsItWasRecorded() {
    var id = shop.place();
    assertThat(get(id, "/conversation-message")).isEmpty();
    var recorded = shop.api.post(Shop.orders(id) + "/conversation-message", mail(null, "<style>p {}</style><p>Your payment has been approved and we are waiting for the seller to ship.</p>"));
    assertThat(recorded.status()).as(recorded.text()).isEqualTo(201);
    var shown = get(id, "/conversation-message");
    assertThat(shown).hasSize(1);
    assertThat(shown.get(0)).isEqualTo(recorded.json());
    assertThat(shown.get(0).path("firstWords").asString()).isEqualTo("Your payment has been approved and we are waiting for...");
    assertThat(shown.get(0).at("/to/0/emailAlias").asString()).matches("[0-9a-f]{32}@ct\\." + shop.account + "\\.invalid");
    assertThat(shown.get(0).at("/to/0/conversationRelatedTo").asString()).isEqualTo(id);
    assertThat(shown.get(0).path("id").asString()).matches("\\d{4}-\\d\\d-\\d\\dt\\d\\d-\\d\\d-\\d\\d_[0-9a-f]{32}");
    assertThat(shop.order(id, "").path("lastMessage")).isEqualTo(shown.get(0).path("firstWords"));
    assertThat(shop.order(id, "?version=3").path("lastMessage").isNull()).isTrue();
  }

  @Test
  void aMailReportedAgain_isTheSame() {
    var id = shop.place();
    var first = shop.api.post(Shop.orders(id) + "/conversation-message", mail("m-1", "Hello"));
    var again = shop.api.post(Shop.orders(id) + "/conversation-message", mail("m-1", "Hello again"));
    assertThat(again.json()).isEqualTo(first.json());
    shop.api.post(Shop.orders(id) + "/conversation-message", mail("m-2", "Bye"));
    assertThat(get(id, "/conversation-message")).extracting(m -> m.path("id").asString()).containsExactly("m-1", "m-2");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
      "interactions         |",
      "interactions         | junk",
      "interactions         | []",
      "interactions         | \"text\"",
      "interactions         | {}",
      "interactions         | {\"source\":\"s\"}",
      "interactions         | {\"source\":\"\",\"message\":\"m\"}",
      "interactions         | {\"source\":{},\"message\":\"m\"}",
      "conversation-message |",
      "conversation-message | {",
      "conversation-message | []",
      "conversation-message | {}",
      "conversation-message | {\"from\":{\"email\":\"a@b.c\"},\"to\":[],\"subject\":\"s\",\"body\":\"b\"}",
      "conversation-message | {\"from\":{},\"to\":[{\"email\":\"a@b.c\"}],\"subject\":\"s\",\"body\":\"b\"}",
      "conversation-message | {\"from\":\"a\",\"to\":[{\"email\":\"a@b.c\"}],\"subject\":\"s\",\"body\":\"b\"}",
      "conversation-message | {\"from\":{\"email\":\"a@b.c\"},\"to\":[{\"email\":\"a@b.c\"}],\"subject\":\"s\",\"body\":\" \"}",
      "conversation-message | {\"from\":{\"email\":\"a@b.c\"},\"to\":[{\"email\":\"a@b.c\"}],\"subject\":\"s\",\"body\":\"b\",\"date\":\"soon\"}",
      "conversation-message | {\"from\":{\"email\":\"a@b.c\"},\"to\":[{\"email\":\"a@b.c\"}],\"subject\":\"s\",\"body\":\"b\",\"attachmentNames\":[{}]}",
  })
  void badBodies_areRefusedAndChangeNothing(String path, @Nullable String body) {
    var id = shop.place();
    var before = shop.api.get(Shop.orders(id)).text();
    var answer = shop.api.post(Shop.orders(id) + "/" + path, body);
    assertOmsError(answer, 400, "OMS001");
    assertThat(shop.api.get(Shop.orders(id)).text()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"source", "message"})
  void megabytesInALine_areRefused(String field) {
    var id = shop.place();
    var line = new LinkedHashMap<>(Map.of("source", "s", "message", "m"));
    line.put(field, "x".repeat(1 << 20));
    assertOmsError(shop.api.post(Shop.orders(id) + "/interactions", line), 400, "OMS001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "from", "to", "subject", "body", "firstWords", "attachmentNames"})
  void megabytesInAMail_areRefused(String field) {
    var id = shop.place();
    var before = shop.api.get(Shop.orders(id)).text();
    var megabyte = "x".repeat(1 << 20);
    var mail = mail(null, "b");
    mail.put(field, switch (field) {
      case "from" -> Map.of("email", megabyte);
      case "to" -> List.of(Map.of("email", "a@b.c", "name", megabyte));
      case "attachmentNames" -> List.of(megabyte);
      default -> megabyte;
    });
    assertOmsError(shop.api.post(Shop.orders(id) + "/conversation-message", mail), 400, "OMS001");
    assertThat(shop.api.get(Shop.orders(id)).text()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/history", "/interactions", "/conversation-message"})
  void unknownOrders_areNotFound(String path) {
    assertOmsError(shop.api.get(Shop.orders("none-01") + path), 404, "OMS007");
    if (path.equals("/history")) return;
    Object body = path.equals("/interactions") ? Map.of("source", "s", "message", "m") : mail(null, "b");
    assertOmsError(shop.api.post(Shop.orders("none-01") + path, body), 404, "OMS007");
  }

  @Test
  @EnabledIfSystemProperty(named = "vtex.reference", matches = ".+", disabledReason = NO_REFERENCE)
  void sampleInteraction_isAccepted() throws Exception {
    assertThat(shop.api.post(Shop.orders(shop.place()) + "/interactions", fixture("interactions-request.json")).status()).isEqualTo(200);
  }

  @Test
  @EnabledIfSystemProperty(named = "vtex.reference", matches = ".+", disabledReason = NO_REFERENCE)
  void sampleMail_comesBackInItsShape() throws Exception {
    var id = shop.place();
    var sample = fixture("conversation-message-response.json").path(0);
    var recorded = shop.api.post(Shop.orders(id) + "/conversation-message", sample);
    assertThat(recorded.status()).as(recorded.text()).isEqualTo(201);
    var shown = get(id, "/conversation-message").get(0);
    assertThat(shown.propertyNames()).containsExactlyElementsOf(sample.propertyNames());
    for (var person : List.of("/from", "/to/0")) assertThat(shown.at(person).propertyNames()).containsExactlyElementsOf(sample.at(person).propertyNames());
    for (var same : List.of("id", "subject", "firstWords", "body", "attachmentNames", "date")) assertThat(shown.path(same)).as(same).isEqualTo(sample.path(same));
  }

  private static JsonNode fixture(String name) throws Exception {
    return Api.JSON.readTree(Files.readString(Path.of(System.getProperty("vtex.reference"), "fixtures", "actions", name)));
  }

  private JsonNode get(String id, String path) {
    var answer = shop.api.get(Shop.orders(id) + path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private Api.Answer note(String id, String source, String message) {
    return shop.api.post(Shop.orders(id) + "/interactions", Map.of("source", source, "message", message));
  }

  private static Map<String, Object> mail(@Nullable String id, String body) {
    var mail = new LinkedHashMap<String, Object>();
    if (id != null) mail.put("id", id);
    mail.put("from", Map.of("email", "noreply@shop.example.com", "name", "no reply"));
    mail.put("to", List.of(Map.of("email", "ana@example.com", "name", "Ana", "role", "Customer")));
    mail.put("subject", "Your payment has been approved.");
    mail.put("body", body);
    return mail;
  }

  private static void assertOmsError(Api.Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().path("error").propertyNames()).containsExactly("code", "message", "exception");
    assertThat(answer.json().at("/error/code").asString()).isEqualTo(code);
  }
}
