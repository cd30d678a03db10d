package shop.orders.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import shop.orders.localstack.client.Json;
import shop.orders.localstack.client.OmsClient;
import tools.jackson.databind.JsonNode;

/** {@code ./oms import olist} and {@code ./oms load} into the running product: made-up files in the shape of the real ones, which are no part of this project. */
@TestMethodOrder(OrderAnnotation.class)
class ImportedHistoryIT {
  private static final int ORDERS = 400;
  private static final LocalDateTime FIRST = LocalDateTime.parse("2017-03-01T22:00:30");
  private static final DateTimeFormatter OLIST = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final OmsProcess OMS = new OmsProcess(Path.of("target", "imported-history"));

  @TempDir static Path files;
  private static OmsClient api;

  @BeforeAll
  static void up() throws Exception {
    OMS.upOnFreePorts("--orders", "0", "--canary-every", "0");
    api = OMS.api();
    var filter = Map.of("type", "FromWorkflow", "status", List.of("order-created", "payment-pending", "ready-for-handling", "handling", "invoiced", "canceled"));
    assertThat(api.post("/api/orders/feed/config", Map.of("filter", filter, "queue", Map.of("visibilityTimeoutInSeconds", 60))).ok()).isTrue();
    write(files.resolve("history"), IntStream.range(0, ORDERS).mapToObj(ImportedHistoryIT::order).toList());
  }

  @AfterAll
  static void down() {
    OMS.succeeds("down", "--wipe");
  }

  @Test
  @Order(1)
  void killedInTheMiddle_andRunAgain_bringsEveryOrderInOnce() throws Exception {
    var import1 = OMS.start("import", "olist", files.resolve("history").toString(), "--batch", "1", "--senders", "1");
    await().atMost(Duration.ofMinutes(2)).until(() -> isThere(20));
    import1.process().destroyForcibly();
    assertThat(import1.exitCode()).isNotZero();
    assertThat(isThere(ORDERS - 1)).as("killed before its end").isFalse();

    assertThat(OMS.succeeds("import", "olist", files.resolve("history").toString())).containsPattern(ORDERS + " orders sent.* 0 refused").doesNotContain(" 0 unchanged");
    assertThat(OMS.succeeds("import", "olist", files.resolve("history").toString())).contains("0 imported, " + ORDERS + " unchanged, 0 refused");
    assertThat(OMS.succeeds("verify")).containsPattern("\\s" + ORDERS + " orders");
  }

  @Test
  @Order(2)
  void eachOrder_isFoundByIdAndInTheMinuteOfItsCreation_withItsOwnStatusAndDates() throws Exception {
    for (int i = 0; i < ORDERS; i++) {
      var created = FIRST.plusMinutes(i).plusHours(3).toString();
      var order = get("/api/oms/pvt/orders/" + id(i) + "-01");
      assertThat(order.get("creationDate").asString()).startsWith(created);
      assertThat(order.get("status").asString()).isEqualTo("invoiced");
      assertThat(order.get("workflowData").get("instances").size()).isEqualTo(2);
      var minute = created.substring(0, 16);
      var found = get("/api/oms/pvt/orders?f_creationDate=" + URLEncoder.encode("creationDate:[%1$s:00.000Z TO %1$s:59.999Z]".formatted(minute), StandardCharsets.UTF_8));
      assertThat(found.get("list")).extracting(row -> row.get("orderId").asString()).containsExactly(id(i) + "-01");
    }
  }

  @Test
  @Order(3)
  void feeds_hearOfLiveOrdersOnly() throws Exception {
    assertThat(get("/api/orders/feed?maxlot=10").size()).isZero();
    var live = write(files.resolve("live"), List.of("live,c1,approved,2018-05-05 10:00:00,2018-05-05 10:05:00,,,2018-06-01 00:00:00"));
    OMS.succeeds("import", "olist", live.toString(), "--live");
    await().atMost(Duration.ofMinutes(1)).untilAsserted(() ->
        assertThat(get("/api/orders/feed?maxlot=10")).extracting(event -> event.get("orderId").asString() + " " + event.get("state").asString())
            .containsExactly("live-01 ready-for-handling"));
    OMS.succeeds("verify");
  }

  @Test
  @Order(4)
  void loadKilledInTheMiddle_andRunAgain_bringsEveryOrderInOnce() {
    var load = OMS.start("load", "--count", "3000", "--threads", "1");
    await().atMost(Duration.ofMinutes(2)).until(() -> load.printedSoFar().contains(" per second"));
    load.process().destroyForcibly();
    assertThat(load.exitCode()).isNotZero();

    assertThat(OMS.succeeds("load", "--count", "3000")).contains(" 0 ids are taken");
    assertThat(OMS.succeeds("load", "--count", "3000")).contains("the first 3000 are in").contains("0 orders written");
    assertThat(OMS.succeeds("verify", "--settle", "180")).contains("%,d orders".formatted(ORDERS + 1 + 3000));
  }

  private static boolean isThere(int order) throws IOException, InterruptedException {
    return api.get("/api/oms/pvt/orders/" + id(order) + "-01").ok();
  }

  private static JsonNode get(String path) throws IOException, InterruptedException {
    var answer = api.get(path);
    assertThat(answer.ok()).as(answer.summary()).isTrue();
    return Json.MAPPER.readTree(answer.body());
  }

  /** One a minute, by night, so that some are of the next day elsewhere. */
  private static String order(int number) {
    var purchased = FIRST.plusMinutes(number);
    return String.join(",", id(number), "c1", "delivered", OLIST.format(purchased), OLIST.format(purchased.plusMinutes(12)), OLIST.format(purchased.plusDays(2)),
        OLIST.format(purchased.plusDays(9)), OLIST.format(purchased.plusDays(20)));
  }

  private static String id(int number) {
    return "past%04d".formatted(number);
  }

  private static Path write(Path directory, List<String> orders) throws IOException {
    Files.createDirectories(directory);
    Files.write(directory.resolve("customers.csv"), List.of("customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state", "c1,u1,01310,são paulo,SP"));
    Files.write(directory.resolve("sellers.csv"), List.of("seller_id,seller_zip_code_prefix,seller_city,seller_state", "s1,09080,santo andre,SP"));
    Files.write(directory.resolve("products.csv"), List.of(
        "product_id,product_category_name,product_weight_g,product_length_cm,product_height_cm,product_width_cm", "p1,perfumaria,200,18,7,12"));
    var rows = new ArrayList<>(List.of("order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,"
        + "order_delivered_customer_date,order_estimated_delivery_date"));
    var items = new ArrayList<>(List.of("order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value"));
    var payments = new ArrayList<>(List.of("order_id,payment_sequential,payment_type,payment_installments,payment_value"));
    for (var order : orders) {
      var id = order.substring(0, order.indexOf(','));
      rows.add(order);
      items.add(id + ",1,p1,s1,2017-10-06 11:07:15,10.10,3.33");
      payments.add(id + ",1,credit_card,1,13.43");
    }
    Files.write(directory.resolve("orders.csv"), rows);
    Files.write(directory.resolve("order_items.csv"), items);
    Files.write(directory.resolve("order_payments.csv"), payments);
    return directory;
  }
}
