package shop.orders.search.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static shop.orders.model.OrderStatus.APPROVE_PAYMENT;
import static shop.orders.model.OrderStatus.CANCEL;
import static shop.orders.model.OrderStatus.CANCELED;
import static shop.orders.model.OrderStatus.ON_ORDER_COMPLETED;
import static shop.orders.model.OrderStatus.PAYMENT_APPROVED;
import static shop.orders.model.OrderStatus.PAYMENT_PENDING;
import static shop.orders.search.TestOrders.order;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shop.orders.model.Flow;
import shop.orders.model.OrderKey;
import shop.orders.search.HeldOrders;
import shop.orders.search.SearchService;
import shop.orders.search.index.Indexer;
import shop.orders.testservers.TestServers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The list over HTTP on a real Elasticsearch, with five known orders, and another account's. */
class OrderListIT {
  private static final String NOBODY = "127.0.0.1:1";
  private static final String ACCOUNT = "list";
  private static SearchService service;

  @BeforeAll
  static void fill() {
    var orders = new HeldOrders();
    service = SearchService.start(orders, NOBODY, TestServers.elasticsearch().uri(), List.of(ACCOUNT, "other", "empty", "many"));
    var keys = new ArrayList<OrderKey>();
    keys.add(
        orders.put(
            order(ACCOUNT, "v100llux-01").at("2026-11-20T12:00:00.123456Z").sequence("100").total(1000, 1).client("José", "Conceição", "ze@mail.com", "845.134.270-19")
                .paidBy("Visa").with("marketingData", Map.of("utmSource", "fb")).through(ON_ORDER_COMPLETED, PAYMENT_PENDING)));
    keys.add(
        orders.put(
            order(ACCOUNT, "v101llux-01").at("2026-11-20T12:01:00Z").sequence("101").total(2000, 2).client("Ana", "Souza", "ana.souza@loja.com.br", "111").paidBy("Boleto Bancário")
                .through(ON_ORDER_COMPLETED, PAYMENT_PENDING, APPROVE_PAYMENT, PAYMENT_APPROVED)));
    keys.add(
        orders.put(
            order(ACCOUNT, "v102llux-01").at("2026-11-20T12:01:00.001Z").sequence("102").total(4000, 3).client("Ana", "Lima", "ana@lima.com", "222").with("salesChannel", "2")
                .through(ON_ORDER_COMPLETED, PAYMENT_PENDING, CANCEL, CANCELED)));
    keys.add(
        orders.put(
            order(ACCOUNT, "SCP-880090622238-01").at("2026-08-01T00:00:00Z").sequence("103").total(8000, 4).flow(Flow.SOLD_ELSEWHERE).with("affiliateId", "SCP")
                .with("sellers", List.of(Map.of("id", "s7", "name", "Silva, Filhos & Cia"))).placed()));
    keys.add(orders.put(order(ACCOUNT, "v104llux-01").at("2026-11-20T12:00:00.124Z").sequence("104").total(8000, 5).with("storePreferencesData", Map.of("currencyCode", "USD")).placed()));
    keys.add(orders.put(order("other", "v100llux-01").at("2026-11-20T12:00:00Z").sequence("100").client("José", "Other", "ze@mail.com", "1").placed()));
    keys.add(orders.put(order(ACCOUNT, "v105llux-01").with("orderId", "v105llux-01").with("creationDate", "2026-11-20T12:00:00Z").total(1, 1).imported()));
    for (int i = 0; i < 120; i++) keys.add(orders.put(order("many", "v%03d-01".formatted(i)).total(i, 1).placed()));
    service.bean(Indexer.class).index(keys);
    await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> ids("").size() == 5);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                   | v102llux-01 v101llux-01 v104llux-01 v100llux-01 SCP-880090622238-01",
        "?                                    | v102llux-01 v101llux-01 v104llux-01 v100llux-01 SCP-880090622238-01",
        "?unknown=1&_=169&utc=-0200&_stats=1  | v102llux-01 v101llux-01 v104llux-01 v100llux-01 SCP-880090622238-01",
        // text
        "?q=v101llux-01                       | v101llux-01",
        "?q=v101                              | v101llux-01",
        "?q=880090622238-01                   | SCP-880090622238-01",
        "?q=103                               | SCP-880090622238-01",
        "?q=conceicao                         | v100llux-01",
        "?q=Concei%C3%A7%C3%A3o+JOS%C3%89     | v100llux-01",
        "?q=84513427019                       | v100llux-01",
        "?q=845.134.270-19                    | v100llux-01",
        "?q=ana                               | v102llux-01 v101llux-01",
        "?q=ana%20sou                         | v101llux-01",
        "?q=ana.souza@loja.com.br             | v101llux-01",
        "?q=nobody                            | ''",
        "?q=-                                 | ''",
        "?q=                                  | v102llux-01 v101llux-01 v104llux-01 v100llux-01 SCP-880090622238-01",
        // status
        "?f_status=canceled                   | v102llux-01",
        "?f_Status=canceled,payment-pending   | v102llux-01 v100llux-01",
        "?f_status=canceled%2Cpayment-pending | v102llux-01 v100llux-01",
        "?f_status=$$ALL_VALUES$$             | v102llux-01 v101llux-01 v104llux-01 v100llux-01 SCP-880090622238-01",
        "?f_status=no-such-status             | ''",
        "?f_status=                           | v102llux-01 v101llux-01 v104llux-01 v100llux-01 SCP-880090622238-01",
        // windows, both ends inclusive and to the millisecond
        "?f_creationDate=creationDate:[2026-11-20T12:00:00.123Z%20TO%202026-11-20T12:01:00.000Z]     | v101llux-01 v104llux-01 v100llux-01",
        "?f_creationDate=creationDate:[2026-11-20T12:00:00.124Z+TO+2026-11-20T12:01:00.001Z]         | v102llux-01 v101llux-01 v104llux-01",
        "?f_creationDate=creationDate:%5B2026-11-20T12:00:00.123Z+TO+2026-11-20T12:00:00.123Z%5D     | v100llux-01",
        "?F_CREATIONDATE=[2026-11-20T09:00:00.124-03:00+TO+2026-11-20T12:00:59.999+00:00]            | v104llux-01",
        "?f_creationDate=creationDate:[*+TO+2026-08-01]                                              | SCP-880090622238-01",
        "?f_creationDate=creationDate:[2026-11-20+TO+*]&q=v1                                        | v102llux-01 v101llux-01 v104llux-01 v100llux-01",
        "?f_creationDate&page=1                                                                      | v102llux-01 v101llux-01 v104llux-01 v100llux-01 SCP-880090622238-01",
        "?f_authorizedDate=creationDate:[2026-11-20T12:01:04.000Z+TO+2026-11-20T12:01:04.000Z]       | v101llux-01",
        "?f_authorizedDate=authorizedDate:[2026-11-20T12:01:04.001Z+TO+*]                            | ''",
        "?f_invoicedDate=invoicedDate:[*+TO+*]&f_status=canceled                                     | ''",
        // exact names and ids
        "?f_salesChannel=2                    | v102llux-01",
        "?salesChannelId=2                    | v102llux-01",
        "?f_affiliateId=SCP                   | SCP-880090622238-01",
        "?f_sellerNames=Silva,%20Filhos%20%26%20Cia | SCP-880090622238-01",
        "?f_sellerNames=s7                    | ''",
        "?f_paymentNames=Boleto+Banc%C3%A1rio | v101llux-01",
        "?f_paymentNames=Visa,Boleto+Banc%C3%A1rio | v101llux-01 v100llux-01",
        "?f_UtmSource=fb                      | v100llux-01",
        "?searchField=sku_Ids&sku_Ids=sku-1&f_status=canceled | v102llux-01",
        "?searchField=sku_Ids&sku_Ids=nothing | ''",
        "?f_hasInputInvoice=true              | ''",
        // order
        "?orderBy=creationDate,asc            | SCP-880090622238-01 v100llux-01 v104llux-01 v101llux-01 v102llux-01",
        "?orderBy=creationDate                | v102llux-01 v101llux-01 v104llux-01 v100llux-01 SCP-880090622238-01",
        "?orderby=totalValue,desc             | v104llux-01 SCP-880090622238-01 v102llux-01 v101llux-01 v100llux-01",
        "?orderBy=totalvalue,asc              | v100llux-01 v101llux-01 v102llux-01 SCP-880090622238-01 v104llux-01",
        "?orderBy=items,desc                  | v104llux-01 SCP-880090622238-01 v102llux-01 v101llux-01 v100llux-01",
        "?orderBy=orderId,asc                 | SCP-880090622238-01 v100llux-01 v101llux-01 v102llux-01 v104llux-01",
        "?orderBy=origin,asc                  | SCP-880090622238-01 v100llux-01 v101llux-01 v102llux-01 v104llux-01",
        // pages
        "?page=2&per_page=2                   | v104llux-01 v100llux-01",
        "?Page=3&Per_Page=2                   | SCP-880090622238-01",
        "?page=30&per_page=2                  | ''",
      })
  void list_answers(String query, String ids) {
    assertThat(ids(query == null ? "" : query.equals("''") ? "" : query)).isEqualTo(ids == null || ids.isBlank() ? List.of() : List.of(ids.split(" ")));
  }

  @Test
  void trailingSlash_isTheSame() {
    assertThat(service.get("/api/oms/pvt/orders/?q=v101", ACCOUNT).body().at("/paging/total").asInt()).isEqualTo(1);
  }

  @Test
  void window_ofOneMinuteFindsTheOrderInIt() {
    assertThat(ids("?f_creationDate=creationDate:[2026-11-20T12:00:30.000Z TO 2026-11-20T12:01:30.000Z]".replace(" ", "%20"))).containsExactly("v102llux-01", "v101llux-01");
  }

  @Test
  void accounts_neverMix() {
    assertThat(service.list("other", "").body().at("/paging/total").asInt()).isEqualTo(1);
    assertThat(service.list("other", "?q=ze@mail.com").body().at("/list/0/hostname").asString()).isEqualTo("other");
    assertThat(ids("?q=ze@mail.com")).containsExactly("v100llux-01");
    assertThat(service.list(ACCOUNT, "?q=ze@mail.com").body().at("/list/0/hostname").asString()).isEqualTo(ACCOUNT);
    assertThat(service.list(ACCOUNT, "?account=other&hostname=other").body().at("/paging/total").asInt()).isEqualTo(5);
    assertThat(service.list(ACCOUNT, "?an=other").status()).isEqualTo(403);
  }

  @Test
  void withoutKey_isRefused() {
    assertThat(service.list("nobody", "").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"page=0", "page=-1", "page=x", "per_page=0", "per_page=1.5", "page=99999999999", "orderBy=price,asc", "orderBy=items,up", "f_creationDate=yesterday",
    "f_creationDate=creationDate:[2026-13-01+TO+*]", "f_creationDate=creationDate:[2026-01-01T00:00:00Z]", "f_hasInputInvoice=maybe", "f_shippingEstimate=soon"})
  void nonsense_isRefusedInWords(String parameter) {
    var answer = service.list(ACCOUNT, "?" + parameter);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().at("/error/code").asString()).isEqualTo("OMS001");
    assertThat(answer.body().at("/error/message").asString()).containsIgnoringCase(parameter.split("=")[0]);
    assertThat(answer.body().get("error").has("exception")).isTrue();
    assertThat(answer.body().at("/error/exception").isNull()).isTrue();
  }

  @Test
  void queryThatCannotBeDecoded_isRefusedInWords() {
    var answer = service.list(ACCOUNT, "?q=50%");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().at("/error/message").asString()).contains("%25");
  }

  /** Begun by a checkout and never completed: it has no status. */
  @Test
  void incompleteOrders_areListedOnlyWhenAskedFor() {
    assertThat(ids("?incompleteOrders=true")).containsExactly("v105llux-01");
    assertThat(service.list(ACCOUNT, "?incompleteOrders=true").body().at("/list/0/status").isNull()).isTrue();
    assertThat(service.list(ACCOUNT, "?incompleteOrders=true").body().at("/list/0/orderIsComplete").asBoolean()).isFalse();
    assertThat(ids("?incompleteOrders=false")).hasSize(5).doesNotContain("v105llux-01");
    assertThat(service.list(ACCOUNT, "?incompleteOrders=perhaps").status()).isEqualTo(400);
  }

  @Test
  void page31_isRefusedWithTheTextClientsKnow() {
    var answer = service.list(ACCOUNT, "?page=31");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().at("/error/message").asString()).contains("Max page exceed ( 30 ), refine filter");
  }

  @Test
  void paging_countsAllPages() {
    var body = service.list("many", "?per_page=2&page=3").body();
    assertThat(body.get("paging").toString()).isEqualTo("{\"total\":120,\"pages\":60,\"currentPage\":3,\"perPage\":2}");
    assertThat(service.list("many", "").body().get("list").size()).isEqualTo(15);
    var most = service.list("many", "?per_page=1000").body();
    assertThat(most.get("list").size()).isEqualTo(100);
    assertThat(most.at("/paging/perPage").asInt()).isEqualTo(100);
  }

  @Test
  void pages_haveEveryOrderOnce() {
    var seen = new ArrayList<String>();
    for (int page = 1; page <= 13; page++) {
      service.list("many", "?orderBy=totalValue,asc&per_page=10&page=" + page).body().get("list").forEach(row -> seen.add(row.get("orderId").asString()));
    }
    assertThat(seen).hasSize(120).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void stats_areThoseOfTheWholeResult() {
    var stats = service.list(ACCOUNT, "?per_page=1").body().at("/stats/stats/totalValue");
    // 1000 2000 4000 8000 8000
    assertThat(names(stats)).containsExactly("Count", "Max", "Mean", "Min", "Missing", "StdDev", "Sum", "SumOfSquares", "Facets");
    assertThat(stats.get("Count").toString()).isEqualTo("5");
    assertThat(stats.get("Max").toString()).isEqualTo("8000");
    assertThat(stats.get("Min").toString()).isEqualTo("1000");
    assertThat(stats.get("Missing").toString()).isEqualTo("0");
    assertThat(stats.get("Mean").toString()).isEqualTo("4600");
    assertThat(stats.get("Sum").toString()).isEqualTo("23000");
    assertThat(stats.get("SumOfSquares").toString()).isEqualTo("149000000");
    assertThat(stats.get("StdDev").asDouble()).isEqualTo(Math.sqrt((149000000 - 23000d * 23000 / 5) / 4), within(1e-9));
    assertThat(names(stats.get("Facets"))).containsExactly("origin", "currencyCode");
    assertThat(names(stats.at("/Facets/origin"))).containsExactly("Fulfillment", "Marketplace");
    assertThat(stats.at("/Facets/origin/Marketplace/Sum").asLong()).isEqualTo(15000);
    assertThat(stats.at("/Facets/origin/Fulfillment").toString())
        .isEqualTo("{\"Count\":1,\"Max\":8000,\"Mean\":8000,\"Min\":8000,\"Missing\":0,\"StdDev\":0,\"Sum\":8000,\"SumOfSquares\":64000000,\"Facets\":null}");
    assertThat(names(stats.at("/Facets/currencyCode"))).containsExactly("BRL", "USD");
    assertThat(service.list(ACCOUNT, "").body().at("/stats/stats/totalItems/Sum").asLong()).isEqualTo(1 + 2 + 3 + 4 + 5);
  }

  @Test
  void noRows_haveStatsOfZeros() {
    var body = service.list("empty", "").body();
    assertThat(body.get("list").size()).isZero();
    assertThat(body.get("paging").toString()).isEqualTo("{\"total\":0,\"pages\":0,\"currentPage\":1,\"perPage\":15}");
    assertThat(body.at("/stats/stats/totalItems").toString())
        .isEqualTo("{\"Count\":0,\"Max\":0.0,\"Mean\":0.0,\"Min\":0.0,\"Missing\":0,\"StdDev\":0.0,\"Sum\":0.0,\"SumOfSquares\":0.0,\"Facets\":{}}");
  }

  @Test
  void answer_hasTheShapeOfThePublishedExample() throws IOException {
    var published = published();
    var ours = service.list(ACCOUNT, "?q=v100").body();
    var known = names(published);
    assertThat(names(ours).subList(0, known.size())).isEqualTo(known);
    assertThat(names(ours).subList(known.size(), names(ours).size())).containsExactly("search");
    var row = ours.at("/list/0");
    assertThat(names(row).subList(0, 26)).isEqualTo(names(published.at("/list/0")));
    assertThat(names(row).subList(26, names(row).size()))
        .containsExactly(
            "hostname", "invoiceOutput", "invoiceInput", "lastChange", "isAllDelivered", "isAnyDelivered", "giftCardProviders", "orderFormId", "paymentApprovedDate",
            "readyForHandlingDate", "deliveryDates", "customFieldsValues", "customFields");
    assertThat(row.get("creationDate").asString()).isEqualTo("2026-11-20T12:00:00+00:00");
    assertThat(row.get("clientName").asString()).isEqualTo("José Conceição");
    assertThat(row.get("items").isNull()).isTrue();
    assertThat(row.get("totalValue").toString()).isEqualTo("1000");
    assertThat(row.get("statusDescription").asString()).isEqualTo("Pagamento Pendente");
    assertThat(row.get("affiliateId").asString()).isEmpty();
    assertThat(row.get("marketPlaceOrderId").isNull()).isTrue();
    assertThat(names(ours.at("/stats/stats/totalValue"))).isEqualTo(names(published.at("/stats/stats/totalValue")));
    assertThat(ours.get("facets").toString()).isEqualTo("[]");
    assertThat(ours.get("reportRecordsLimit").asInt()).isEqualTo(50_000);
  }

  private static JsonNode published() throws IOException {
    return JsonMapper.builder().build().readTree(Files.readString(Path.of("src/test/resources/list-orders.json")));
  }

  private static List<String> ids(String query) {
    var answer = service.list(ACCOUNT, query);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    return StreamSupport.stream(answer.body().get("list").spliterator(), false).map(row -> row.get("orderId").asString()).toList();
  }

  private static List<String> names(JsonNode object) {
    return List.copyOf(object.propertyNames());
  }
}
