package shop.orders.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.orders.workflow.Merchant.invoice;
import static shop.orders.workflow.Merchant.item;
import static shop.orders.workflow.Merchant.path;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
import shop.orders.testservers.TestServers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Invoices, packages and the ledger over HTTP, on a real Cassandra. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class InvoiceIT {
  private static final String OPERATOR = "operator-token-of-the-test";
  private static final String OUTPUT = "Output";
  private static final String INPUT = "Input";

  @Value("${local.server.port}")
  int port;

  private Merchant merchant;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    TestWorkflow.properties(registry, TestServers.cassandra(), "127.0.0.1:1");
    registry.add("orders.operator.token", () -> OPERATOR);
  }

  @BeforeEach
  void merchant() {
    merchant = Merchant.open(port, OPERATOR);
  }

  @Test
  void ledger_tellsEveryLineToTheCent() {
    var id = merchant.handling(item("18", 1000, 2), item("18", 900, 1), item("7", 333, 3));
    merchant.invoices(id, invoice("N1", OUTPUT, 1000, "18", 1000L, 1));
    merchant.invoices(id, invoice("N2", OUTPUT, "1901", "18", 900L, 2));
    var ledger = merchant.ledger(id);
    assertThat(ledger.path("value").asLong()).isEqualTo(4199);
    assertThat(ledger.path("invoicedValue").asLong()).isEqualTo(2901);
    assertThat(column(ledger, "invoiced")).containsExactly(2L, 1L, 0L);
    assertThat(column(ledger, "valueOrdered").stream().mapToLong(v -> v).sum()).isEqualTo(4199);
    assertThat(column(ledger, "valueInvoiced").stream().mapToLong(v -> v).sum()).isEqualTo(2901);
    var second = merchant.order(id).at("/packageAttachment/packages/1/items");
    assertThat(second).extracting(i -> i.path("itemIndex").asInt() + "x" + i.path("quantity").asInt()).containsExactly("0x1", "1x1");
  }

  @Test
  void sameSku_isToldApartByIndexAndByUniqueId() {
    var id = merchant.handling(item("18", 1000, 1), item("18", 1000, 1), item("18", 1000, 1));
    var byIndex = new LinkedHashMap<String, Object>(Map.of("id", "18", "quantity", "1", "price", "1000", "itemIndex", 2));
    merchant.invoices(id, invoice("N1", OUTPUT, 1000, List.of(byIndex)));
    assertThat(column(merchant.ledger(id), "invoiced")).containsExactly(0L, 0L, 1L);
    assertThat(merchant.invoices(id, invoice("N2", OUTPUT, 1000, List.of(byIndex))).status()).isEqualTo(400);
    byIndex.put("itemIndex", 7);
    assertThat(merchant.invoices(id, invoice("N2", OUTPUT, 1000, List.of(byIndex))).status()).isEqualTo(400);
  }

  @Test
  void sumsOffByACentALine_coverTheOrder() {
    var id = merchant.handling(item("1", 333, 3), item("2", 1000, 1));
    merchant.invoices(id, invoice("N1", OUTPUT, 2299 - 3, "1", null, 3));
    assertThat(merchant.status(id)).isEqualTo("handling");
    assertThat(merchant.invoices(id, invoice("N2", OUTPUT, 6, "2", null, 1)).status()).isEqualTo(400);
    assertThat(merchant.invoices(id, invoice("N2", OUTPUT, 1, "2", null, 1)).status()).isEqualTo(200);
    assertThat(merchant.status(id)).isEqualTo("invoiced");
  }

  @Test
  void moreThanThereIs_isRefusedAndChangesNothing() {
    var id = merchant.handling(item("18", 1000, 2));
    merchant.invoices(id, invoice("N1", OUTPUT, 1000, "18", 1000L, 1));
    var before = merchant.ledger(id);
    for (var tooMuch :
        List.of(
            invoice("N2", OUTPUT, 1000, "18", 1000L, 2),
            invoice("N2", OUTPUT, 1302, "18", 1000L, 1),
            invoice("N2", OUTPUT, Long.MAX_VALUE, "18", 1000L, 1),
            invoice("N2", OUTPUT, 1000, "19", 1000L, 1),
            invoice("N2", OUTPUT, 1000, "18", 1000L, 0),
            invoice("N2", OUTPUT, 1000, List.of(Map.of("id", "18"))),
            invoice("N2", OUTPUT, 1000, "18", 1000L, Long.MAX_VALUE))) {
      var answer = merchant.invoices(id, tooMuch);
      assertThat(answer.status()).as(answer.text()).isEqualTo(400);
      assertThat(answer.json().at("/error/code").asString()).isEqualTo("OMS001");
    }
    assertThat(merchant.ledger(id)).isEqualTo(before);
  }

  @Test
  void returns_areTakenAfterTheSaleAndNeverExceedIt() {
    var id = merchant.handling(item("18", 1000, 2));
    assertThat(merchant.invoices(id, invoice("R0", INPUT, 1000, "18", 1000L, 1)).status()).isEqualTo(409);
    merchant.invoices(id, invoice("N1", OUTPUT, 2300, "18", 1000L, 2));
    assertThat(merchant.invoices(id, invoice("R1", INPUT, 1000, "18", 1000L, 1)).status()).isEqualTo(200);
    assertThat(merchant.invoices(id, invoice("R2", INPUT, 1301, "18", 1000L, 1)).status()).isEqualTo(400);
    assertThat(merchant.invoices(id, invoice("R2", INPUT, 1300, "18", 1000L, 2)).status()).isEqualTo(400);
    assertThat(merchant.invoices(id, invoice("R2", INPUT, 1300, "18", 1000L, 1)).status()).isEqualTo(200);
    assertThat(merchant.status(id)).isEqualTo("invoiced");
    var refund = merchant.order(id).at("/packageAttachment/packages/1/restitutions/Refund");
    assertThat(refund.path("value").asLong()).isEqualTo(1000);
    assertThat(List.copyOf(refund.at("/items/0").propertyNames()))
        .containsExactly("useFreight", "isCompensation", "compensationValue", "id", "quantity", "price", "description");
    var ledger = merchant.ledger(id);
    assertThat(column(ledger, "returned")).containsExactly(2L);
    assertThat(ledger.path("refundedValue").asLong()).isEqualTo(2300);
  }

  @Test
  void aNumberSentAgain_isNoSecondPackage() {
    var id = merchant.handling(item("18", 1000, 2));
    for (var path : List.of(path(id, "/invoice"), "/api/oms/pub/orders/" + id + "/invoice", "/api/orders/pvt/document/" + id + "/invoices")) {
      var answer = merchant.api().post(path, invoice("N1", OUTPUT, 1000, "18", 1000L, 1));
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(List.copyOf(answer.json().propertyNames())).containsExactly("date", "orderId", "receipt");
    }
    assertThat(merchant.order(id).at("/packageAttachment/packages")).hasSize(1);
    assertThat(merchant.invoices(id, invoice("N1", INPUT, 1000, "18", 1000L, 1)).status()).as("another type is another invoice").isEqualTo(409);
  }

  @ParameterizedTest
  @ValueSource(strings = {"N/2#", "a b", "Rechnung Nr. 5 ä/ö", "100%", "a+b", "a;b", "..", "?x=1"})
  void invoiceNumber_mayHaveAnyCharacterInThePath(String number) {
    var id = merchant.handling(item("18", 1000, 2));
    assertThat(merchant.invoices(id, invoice(number, OUTPUT, 1000, "18", 1000L, 1)).status()).isEqualTo(200);
    var encoded = URLEncoder.encode(number, StandardCharsets.UTF_8).replace("+", "%20").replace("..", "%2E%2E");
    var patched = merchant.api().send("PATCH", path(id, "/invoice/" + encoded), Map.of("trackingNumber", "T-1"), Map.of());
    assertThat(patched.status()).as(patched.text()).isEqualTo(200);
    assertThat(merchant.api().put(path(id, "/invoice/" + encoded + "/tracking"), Map.of("isDelivered", true)).status()).isEqualTo(200);
    var parcel = merchant.order(id).at("/packageAttachment/packages/0");
    assertThat(parcel.path("trackingNumber").asString()).isEqualTo("T-1");
    assertThat(parcel.at("/courierStatus/finished").asBoolean()).isTrue();
  }

  @Test
  void patch_changesWhatIsSentAndOnlyOnce() {
    var id = merchant.handling(item("18", 1000, 2));
    var invoice = invoice("N1", OUTPUT, 1000, "18", 1000L, 1);
    invoice.put("courier", "first");
    merchant.invoices(id, invoice);
    assertThat(column(merchant.ledger(id), "shipped")).containsExactly(0L);
    var patch = Map.of("trackingNumber", "T-1", "dispatchedDate", "2022-02-08T13:16:13.4617653+00:00");
    assertThat(merchant.api().send("PATCH", path(id, "/invoice/N1"), patch, Map.of()).status()).isEqualTo(200);
    var version = merchant.ledger(id).path("version").asLong();
    assertThat(merchant.api().send("PATCH", path(id, "/invoice/N1"), patch, Map.of()).status()).isEqualTo(200);
    assertThat(merchant.ledger(id).path("version").asLong()).isEqualTo(version);
    var parcel = merchant.order(id).at("/packageAttachment/packages/0");
    assertThat(parcel.path("courier").asString()).isEqualTo("first");
    assertThat(parcel.path("dispatchedDate").asString()).isEqualTo("2022-02-08T13:16:13.4617653+00:00");
    assertThat(column(merchant.ledger(id), "shipped")).containsExactly(1L);
  }

  /** Outside sellers post what the account's own systems patch and put. */
  @Test
  void patchAndTracking_mayBePosted() {
    var id = merchant.handling(item("18", 1000, 2));
    merchant.invoices(id, invoice("N1", OUTPUT, 1000, "18", 1000L, 1));
    assertThat(merchant.api().post(path(id, "/invoice/N1"), Map.of("trackingNumber", "T-1")).status()).isEqualTo(200);
    assertThat(merchant.api().post(path(id, "/invoice/N1/tracking"), Map.of("isDelivered", true)).status()).isEqualTo(200);
    var parcel = merchant.order(id).at("/packageAttachment/packages/0");
    assertThat(parcel.path("trackingNumber").asString()).isEqualTo("T-1");
    assertThat(parcel.at("/courierStatus/finished").asBoolean()).isTrue();
  }

  @Test
  void invoiceThatTheStoreWouldNotTake_isRefusedInWords() {
    var id = merchant.handling(item("18", 1000, 1));
    var before = merchant.ledger(id);
    var random = new byte[9_000_000]; // hardly to be packed
    new Random(1).nextBytes(random);
    var invoice = invoice("N1", OUTPUT, 1000, "18", 1000L, 1);
    invoice.put("embeddedInvoice", Base64.getEncoder().encodeToString(random));
    var answer = merchant.invoices(id, invoice);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.text()).contains("too large");
    assertThat(merchant.ledger(id)).isEqualTo(before);
  }

  @Test
  void tracking_keepsWhatIsNewAndHasAnEnd() {
    var id = merchant.handling(item("18", 1000, 2));
    merchant.invoices(id, invoice("N1", OUTPUT, 1000, "18", 1000L, 1));
    var tracking = path(id, "/invoice/N1/tracking");
    var lines = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < 3; i++) {
      lines.add(Map.of("city", "Rio", "description", "line " + i, "date", "2026-11-24"));
      assertThat(merchant.api().put(tracking, Map.of("isDelivered", false, "events", lines)).status()).isEqualTo(200);
    }
    var version = merchant.ledger(id).path("version").asLong();
    assertThat(merchant.api().put(tracking, Map.of("isDelivered", false, "events", lines.subList(0, 1))).status()).as("nothing new").isEqualTo(200);
    assertThat(merchant.api().put(tracking, Map.of("isDelivered", false, "events", Collections.nCopies(501, lines.get(0)))).status()).isEqualTo(400);
    assertThat(merchant.ledger(id).path("version").asLong()).isEqualTo(version);
    assertThat(merchant.order(id).at("/packageAttachment/packages/0/courierStatus/data")).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
      "POST  | /api/oms/pvt/orders/ID/invoice           | BODY                  | 400 | OMS001",
      "POST  | /api/oms/pub/orders/ID/invoice           | {                     | 400 | OMS001",
      "POST  | /api/oms/pvt/orders/none/invoice         | INVOICE               | 404 | OMS007",
      "POST  | /api/orders/pvt/document/none/invoices   | INVOICE               | 404 |",
      "POST  | /api/orders/pvt/document/ID/invoices     | {}                    | 400 |",
      "POST  | /api/orders/pvt/document/ID/invoices     |                       | 400 |",
      "POST  | /api/oms/pvt/orders/ID/invoice           | {\"type\":\"Both\"}   | 400 | OMS001",
      "PATCH | /api/oms/pvt/orders/ID/invoice/N1        | {}                    | 400 | OMS001",
      "PATCH | /api/oms/pvt/orders/ID/invoice/N1        |                       | 400 | OMS001",
      "PATCH | /api/oms/pvt/orders/ID/invoice/N1        | [1]                   | 400 | OMS001",
      "PATCH | /api/oms/pvt/orders/ID/invoice/N1        | {\"trackingNumber\":{}} | 400 | OMS001",
      "PATCH | /api/oms/pvt/orders/ID/invoice/N1        | {\"trackingNumber\":\"LONG\"} | 400 | OMS001",
      "PATCH | /api/oms/pvt/orders/ID/invoice/N9        | {\"trackingNumber\":\"1\"} | 404 | OMS008",
      "PATCH | /api/oms/pvt/orders/none/invoice/N1      | {\"trackingNumber\":\"1\"} | 404 | OMS007",
      "PUT   | /api/oms/pvt/orders/ID/invoice/N1/tracking | LONG                | 400 | OMS001",
      "GET   | /api/oms/pvt/orders/none/ledger          |                       | 404 | OMS007",
      "GET   | /api/orders/pvt/document/none/change-summary |                   | 404 |",
  })
  void badRequests_areAnsweredInTheFamilysShapeAndChangeNothing(String method, String path, String body, int status, String code) {
    var id = merchant.handling(item("18", 1000, 2));
    merchant.invoices(id, invoice("N1", OUTPUT, 1000, "18", 1000L, 1));
    var before = merchant.ledger(id).path("version").asLong();
    var sent = body == null ? null : body.replace("INVOICE", Api.JSON.writeValueAsString(invoice("N2", OUTPUT, 1, "18", 1L, 1))).replace("LONG", "x".repeat(1 << 20));
    var answer = merchant.api().send(method, path.replace("ID", id), sent, Map.of());
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    if (code != null) assertThat(answer.json().at("/error/code").asString()).isEqualTo(code);
    else assertThat(List.copyOf(answer.json().propertyNames())).contains("type", "title", "status", "traceId");
    assertThat(merchant.ledger(id).path("version").asLong()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", value = {
      "invoiceValue | -1", "invoiceValue | 1.5", "invoiceValue | abc", "invoiceValue | 9223372036854775808", "invoiceValue | -",
      "invoiceNumber | -", "invoiceNumber | LONG", "issuanceDate | -", "items | []", "items | 5", "items | -", "type | -", "type | output;"})
  void badInvoices_changeNothing(String field, String value) {
    var id = merchant.handling(item("18", 1000, 2));
    var before = merchant.ledger(id);
    var invoice = invoice("N1", OUTPUT, 1000, "18", 1000L, 1);
    invoice.put(field, value == null ? null : value.equals("[]") ? List.of() : value.replace("LONG", "x".repeat(1 << 20)));
    assertThat(merchant.invoices(id, invoice).status()).isEqualTo(400);
    assertThat(merchant.ledger(id)).isEqualTo(before);
  }

  @Test
  @EnabledIfSystemProperty(named = Fixtures.PLACE, matches = ".+", disabledReason = Fixtures.ABSENT)
  void samples_areTakenAndAnsweredInTheirShape() {
    var invoice = (ObjectNode) Fixtures.action("invoice-request.json");
    var first = invoice.at("/items/0");
    var id = merchant.handling(item(first.path("id").asString(), 2499, Math.max(1, first.path("quantity").asLong())), item("2", 2499, 1));
    var answer = merchant.api().post(path(id, "/invoice"), invoice);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(Fixtures.differences(Fixtures.action("invoice-response.json"), answer.json())).isEmpty();
    var number = invoice.path("invoiceNumber").asString();
    var patched = merchant.api().send("PATCH", path(id, "/invoice/" + number), Fixtures.action("invoice-patch-tracking-request.json"), Map.of());
    assertThat(patched.status()).as(patched.text()).isEqualTo(200);
    assertThat(Fixtures.differences(Fixtures.action("invoice-patch-tracking-response.json"), patched.json())).isEmpty();
    var tracked = merchant.api().put(path(id, "/invoice/" + number + "/tracking"), Fixtures.action("tracking-request.json"));
    assertThat(tracked.status()).as(tracked.text()).isEqualTo(200);
    assertThat(Fixtures.differences(Fixtures.action("tracking-response.json"), tracked.json())).isEmpty();
  }

  private static List<Long> column(JsonNode ledger, String name) {
    return ledger.path("lines").valueStream().map(line -> line.path(name).asLong()).toList();
  }
}
