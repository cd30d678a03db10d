package shop.orders.localstack.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shop.orders.model.Flow;
import shop.orders.model.OrderStatus;
import tools.jackson.databind.JsonNode;

/** On made-up files; the last test also on the real ones where they are. */
class OlistHistoryTest {
  private static final String PURCHASED = "2017-10-02 10:56:33";

  @TempDir Path directory;
  private final List<String> problems = new ArrayList<>();

  @Test
  void deliveredOrder_hasItsDatesPackageAndTimeline() throws Exception {
    var order = read("o1,c1,delivered," + PURCHASED + ",2017-10-02 11:07:15,2017-10-04 19:55:00,2017-10-10 21:25:13").get(0);
    assertThat(problems).isEmpty();
    assertThat(text(order, "orderId")).isEqualTo("o1-01");
    assertThat(text(order, "orderGroup")).isEqualTo("o1");
    assertThat(text(order, "hostname")).isEqualTo("demo");
    assertThat(text(order, "sequence")).matches("[1-9]\\d{11}");
    assertThat(text(order, "status")).isEqualTo("invoiced");
    assertThat(text(order, "creationDate")).isEqualTo("2017-10-02T13:56:33.0000000+00:00");
    assertThat(text(order, "authorizedDate")).isEqualTo("2017-10-02T14:07:15.0000000+00:00");
    assertThat(text(order, "invoicedDate")).isEqualTo("2017-10-04T22:55:00.0000000+00:00");
    assertThat(text(order, "lastChange")).isEqualTo("2017-10-11T00:25:13.0000000+00:00");
    assertThat(text(order.get("shippingData").get("logisticsInfo").get(0), "shippingEstimateDate")).isEqualTo("2017-11-30T03:00:00.0000000+00:00");
    var sent = order.get("packageAttachment").get("packages").get(0);
    assertThat(sent.get("invoiceValue").asLong()).isEqualTo(1343);
    assertThat(text(sent, "invoiceNumber")).isEqualTo(text(order, "sequence").substring(3));
    assertThat(text(sent, "type")).isEqualTo("Output");
    assertThat(sent.get("courierStatus").get("finished").asBoolean()).isTrue();
    assertThat(text(sent.get("courierStatus"), "deliveredDate")).isEqualTo("2017-10-11T00:25:13.0000000+00:00");
    assertThat(sent.get("courierStatus").get("data")).extracting(line -> text(line, "createDate"))
        .containsExactly("2017-10-04T22:55:00.0000000+00:00", "2017-10-11T00:25:13.0000000+00:00");
    assertThat(timeline(order, "Marketplace")).containsExactly(
        "order-created 2017-10-02T13:56:33.0000000Z", "on-order-completed 2017-10-02T13:56:33.0000000Z", "payment-pending 2017-10-02T13:56:33.0000000Z",
        "approve-payment 2017-10-02T14:07:15.0000000Z", "payment-approved 2017-10-02T14:07:15.0000000Z");
    assertThat(timeline(order, "Fulfillment")).containsExactly(
        "window-to-cancel 2017-10-02T14:07:15.0000000Z", "ready-for-handling 2017-10-02T14:37:15.0000000Z", "start-handling 2017-10-02T15:07:15.0000000Z",
        "handling 2017-10-02T15:07:15.0000000Z", "invoice 2017-10-04T22:55:00.0000000Z", "invoiced 2017-10-04T22:55:00.0000000Z");
  }

  @Test
  void everyStatusOfTheData_hasItsOwn() throws Exception {
    var approved = PURCHASED + ",2017-10-02 11:07:15";
    var orders = read("o1,c1,created," + PURCHASED + ",,,", "o2,c1,approved," + approved + ",,", "o3,c1,processing," + approved + ",,",
        "o4,c1,invoiced," + approved + ",,", "o5,c1,shipped," + approved + ",2017-10-04 19:55:00,", "o6,c1,canceled," + PURCHASED + ",,,",
        "o7,c1,unavailable," + approved + ",,");
    assertThat(problems).isEmpty();
    assertThat(orders).extracting(order -> text(order, "status")).containsExactly(
        "payment-pending", "ready-for-handling", "handling", "invoiced", "invoiced", "canceled", "canceled");
    assertThat(orders).allSatisfy(OlistHistoryTest::assertPlausible);
    assertThat(orders.get(0).get("authorizedDate").isNull()).isTrue();
    assertThat(orders.get(2).get("allowEdition").asBoolean()).isTrue();
    assertThat(text(orders.get(3), "invoicedDate")).as("nothing says when, so it is as late as it was handled").isEqualTo("2017-10-02T15:07:15.0000000+00:00");
    assertThat(orders.get(3).get("packageAttachment").get("packages").get(0).get("courierStatus").isNull()).isTrue();
    assertThat(orders.get(4).get("packageAttachment").get("packages").get(0).get("courierStatus").get("finished").asBoolean()).isFalse();
    assertThat(timeline(orders.get(5), "Marketplace")).endsWith("cancel 2017-10-02T14:26:33.0000000Z", "canceled 2017-10-02T14:26:33.0000000Z");
    assertThat(orders.get(5).get("workflowData").get("instances").size()).isEqualTo(1);
    assertThat(text(orders.get(6), "cancelReason")).isEqualTo("unavailable");
    assertThat(text(orders.get(6).get("cancellationData"), "CancellationDate")).isEqualTo("2017-10-02T14:37:15.0000000+00:00");
  }

  @Test
  void datesThatAreMissingOrRunBackwards_stayAsTheyAre_andTheTimelineRunsForward() throws Exception {
    var orders = read("o1,c1,delivered," + PURCHASED + ",,2017-10-04 19:55:00,2017-10-10 21:25:13", "o2,c1,delivered," + PURCHASED + ",2017-10-09 00:00:00,2017-10-04 19:55:00,2017-10-01 00:00:00",
        "o3,c1,delivered," + PURCHASED + ",2017-10-02 10:58:00,2017-10-02 11:00:00,", "o4,c1,shipped," + PURCHASED + ",,,");
    assertThat(problems).isEmpty();
    assertThat(orders).allSatisfy(OlistHistoryTest::assertPlausible);
    assertThat(text(orders.get(0), "authorizedDate")).as("the timeline's, as the data has none").isEqualTo("2017-10-02T13:56:33.0000000+00:00");
    var backwards = orders.get(1);
    assertThat(text(backwards, "authorizedDate")).isEqualTo("2017-10-09T03:00:00.0000000+00:00");
    assertThat(text(backwards, "invoicedDate")).isEqualTo("2017-10-04T22:55:00.0000000+00:00");
    assertThat(timeline(backwards, "Fulfillment")).endsWith("invoiced 2017-10-09T03:00:00.0000000Z");
    assertThat(text(backwards.get("packageAttachment").get("packages").get(0).get("courierStatus"), "deliveredDate")).isEqualTo("2017-10-01T03:00:00.0000000+00:00");
    assertThat(timeline(orders.get(2), "Fulfillment")).as("ready before the carrier came").contains("ready-for-handling 2017-10-02T14:00:00.0000000Z");
    assertThat(orders.get(2).get("packageAttachment").get("packages").get(0).get("courierStatus").get("deliveredDate").isNull()).isTrue();
  }

  @Test
  void badRows_areReportedWithFileAndLine_andTheRestGoesOn() throws Exception {
    assertThat(read("o1,c1,lost," + PURCHASED + ",,,", "o2,c1,created," + PURCHASED + ",yesterday,,", "o3,c1,created," + PURCHASED + ",,,"))
        .extracting(order -> text(order, "orderId")).containsExactly("o3-01");
    assertThat(problems).containsExactly("orders.csv:3: order_approved_at is not a time: 'yesterday'", "orders.csv:2: unknown order_status 'lost'");
  }

  @Test
  void sameFiles_makeTheSameBytes_inAnyOrder() throws Exception {
    var one = "o1,c1,delivered," + PURCHASED + ",2017-10-02 11:07:15,2017-10-04 19:55:00,2017-10-10 21:25:13";
    var other = "o2,c1,canceled," + PURCHASED + ",,,";
    var bytes = bytes(OlistFiles.write(directory.resolve("a"), one, other));
    assertThat(bytes(OlistFiles.write(directory.resolve("b"), other, one))).isEqualTo(bytes);
    assertThat(bytes.values()).doesNotHaveDuplicates();
  }

  @Test
  void realData_isWhole() throws Exception {
    var where = System.getProperty("olist.data", Objects.requireNonNullElse(System.getenv("OLIST_DATA"), ""));
    Assumptions.assumeFalse(where.isBlank(), "not run: neither -Dolist.data nor OLIST_DATA names the directory of the real data");
    var orders = documents(Path.of(where));
    assertThat(problems).isEmpty();
    assertThat(orders).hasSize(700).allSatisfy(OlistHistoryTest::assertPlausible);
    assertThat(orders).extracting(order -> text(order, "creationDate").substring(0, 4)).contains("2016", "2017", "2018").allMatch(year -> year.matches("201[678]"));
    assertThat(orders).extracting(order -> text(order, "sequence")).doesNotHaveDuplicates();
    assertThat(orders).filteredOn(order -> text(order, "status").equals("invoiced")).hasSize(696);
  }

  /** Each status follows from the one before, none is earlier, the last one is the order's, and nothing is later than the last change. */
  private static void assertPlausible(JsonNode order) {
    OrderStatus before = null;
    var date = "";
    for (var instance : order.get("workflowData").get("instances")) {
      for (var step : instance.get("timeLine")) {
        var status = OrderStatus.of(text(step, "stepName")).orElseThrow();
        assertThat(Flow.COMPLETE.next(before)).as("after %s", before).contains(status);
        assertThat(text(step, "date")).isGreaterThanOrEqualTo(date);
        before = status;
        date = text(step, "date");
      }
      assertThat(text(instance, "currentStepName")).isEqualTo(String.valueOf(before));
    }
    assertThat(text(order, "status")).isEqualTo(String.valueOf(before));
    assertThat(text(order, "lastChange").substring(0, 27)).isGreaterThanOrEqualTo(date.substring(0, 27));
  }

  private List<JsonNode> read(String... orders) throws Exception {
    return documents(OlistFiles.write(directory, orders));
  }

  private List<JsonNode> documents(Path files) throws Exception {
    var orders = OlistHistory.read(files, "demo", problem -> problems.add(problem.toString()));
    return StreamSupport.stream(orders.spliterator(), false).map(document -> SourceDocument.EXACT.readTree(document.json())).toList();
  }

  private Map<String, String> bytes(Path files) throws Exception {
    var bytes = new HashMap<String, String>();
    for (var document : OlistHistory.read(files, "demo", problem -> problems.add(problem.toString()))) {
      var json = new String(document.json());
      bytes.put(text(SourceDocument.EXACT.readTree(json), "orderId"), json);
    }
    return bytes;
  }

  private static List<String> timeline(JsonNode order, String domain) {
    var steps = new ArrayList<String>();
    for (var instance : order.get("workflowData").get("instances")) {
      if (!text(instance, "name").equals(domain)) continue;
      for (var step : instance.get("timeLine")) steps.add(text(step, "stepName") + " " + text(step, "date"));
    }
    return steps;
  }

  private static String text(JsonNode node, String field) {
    return node.get(field).asString();
  }
}
