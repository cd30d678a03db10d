package shop.orders.localstack.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On made-up files; the last test also on the real ones where they are. */
class OlistOrdersTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir Path directory;
  private final List<String> problems = new ArrayList<>();

  @BeforeEach
  void goodFiles() throws IOException {
    write("customers.csv", "customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state", "c1,u1,01310,são paulo,SP", "c2,u2,50090,recife,PE");
    write("sellers.csv", "seller_id,seller_zip_code_prefix,seller_city,seller_state", "s1,09080,santo andre,SP");
    write("products.csv", "product_id,product_category_name,product_weight_g,product_length_cm,product_height_cm,product_width_cm",
        "p1,perfumaria,200,18,7,12", "p2,,,,,");
    write("orders.csv", ORDERS, order("o1", "c1", "delivered"), order("o2", "c2", "canceled"));
    write("order_items.csv", ITEMS, item("o1", 1, "p1", "10.10", "3.33"), item("o1", 2, "p1", "10.10", "3.34"), item("o1", 3, "p2", "0.05", "0"), item("o2", 1, "p2", "75", "20.58"));
    write("order_payments.csv", PAYMENTS, "o1,1,voucher,1,5.00", "o1,2,credit_card,10,21.93", "o2,1,boleto,1,95.58");
  }

  private static final String ORDERS = "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,"
      + "order_delivered_customer_date,order_estimated_delivery_date";
  private static final String ITEMS = "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value";
  private static final String PAYMENTS = "order_id,payment_sequential,payment_type,payment_installments,payment_value";

  @Test
  void basket_becomesADocument_exactlyInCents() throws Exception {
    var orders = read();
    assertThat(problems).isEmpty();
    assertThat(orders).extracting(PlannedOrder::source).containsExactly("o1", "o2");
    assertThat(orders).extracting(PlannedOrder::end).containsExactly(WantedEnd.DELIVERED, WantedEnd.CANCELED);
    var document = orders.get(0).document();
    OrderGeneratorTest.assertAddsUp(document);
    assertThat(document.get("value").asLong()).isEqualTo(2 * 1010 + 5 + 333 + 334);
    assertThat(document.get("roundingError").asLong()).isEqualTo(1);
    assertThat(document.get("items").size()).isEqualTo(2);
    assertThat(document.get("items").get(0).get("quantity").asInt()).isEqualTo(2);
    assertThat(document.get("shippingData").get("address").get("city").asString()).isEqualTo("são paulo");
    assertThat(document.get("customData").get("customApps").get(0).get("fields").get("source").asString()).isEqualTo("o1");
  }

  @Test
  void bytesOrderMarkAndMoreColumns_areNoMatter() throws Exception {
    write("sellers.csv", "\ufeffseller_city,seller_id,rating,seller_zip_code_prefix,seller_state", "\"santo, andre\",s1,5,09080,SP");
    assertThat(read()).hasSize(2);
    assertThat(problems).isEmpty();
  }

  @Test
  void badRows_areReportedWithFileAndLine_andTheRestGoesOn() throws Exception {
    write("orders.csv", ORDERS, order("o1", "c1", "delivered"), order("o2", "c2", "canceled"), order("o1", "c1", "shipped"), order("o3", "c9", "delivered"),
        order("o4", "c1", "lost"), "o5,c1,delivered,yesterday,,,,2017-10-30 00:00:00", "o6,c1,delivered,2017-10-02 10:56:33,,,,2016-10-30 00:00:00", "o7,c1", "",
        order("o8", "c1", "shipped"), order("o9", "c1", "shipped"));
    append("order_items.csv", item("o2", 1, "p2", "75", "20.58"), item("o2", 2, "p2", "-1", "0"), item("nowhere", 1, "p1", "1", "1"),
        item("o3", 1, "p1", "1", "1"), item("o4", 1, "p1", "1", "1"), item("o8", 1, "p1", "1.005", "1"), item("o9", 1, "p9", "1.00", "1"), "o9,2,\"p1,s1,x,1,1");
    append("order_payments.csv", "o9,1,credit_card,one,2.00");
    assertThat(read()).extracting(PlannedOrder::source).containsExactly("o1");
    assertThat(problems).containsExactly(
        "orders.csv:4: a second row for o1, the first one counts",
        "orders.csv:7: order_purchase_timestamp is not a time: 'yesterday'",
        "orders.csv:8: delivery was promised before the purchase",
        "orders.csv:9: 2 columns instead of 8",
        "order_items.csv:6: a second row of this number for order o2, the first one counts",
        "order_items.csv:7: price is not an amount: '-1'",
        "order_items.csv:8: orders.csv has no order nowhere",
        "order_items.csv:11: price has a fraction of a cent: 1.005",
        "order_items.csv:13: quotes do not match",
        "order_payments.csv:5: payment_installments is not a whole number: 'one'",
        "orders.csv:3: order left out, it is not whole without order_items.csv:7",
        "orders.csv:5: customers.csv has no customer c9",
        "orders.csv:6: unknown order_status 'lost'",
        "orders.csv:11: order left out, it is not whole without order_items.csv:11",
        "orders.csv:12: order left out, it is not whole without order_payments.csv:5");
  }

  @Test
  void badUtf8_costsItsRow() throws Exception {
    Files.write(directory.resolve("customers.csv"),
        "customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state\nc1,u1,01310,s\u00e3o paulo,SP\nc2,u2,50090,recife,PE\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(read()).extracting(PlannedOrder::source).containsExactly("o2");
    assertThat(problems).containsExactly("customers.csv:2: not UTF-8", "orders.csv:2: customers.csv has no customer c1");
  }

  @Test
  void missingHeader_isReported_andTheUsualColumnsAreTaken() throws Exception {
    write("sellers.csv", "s1,09080,santo andre,SP");
    assertThat(read()).hasSize(2);
    assertThat(problems).containsExactly("sellers.csv:1: the header is missing; columns are taken to be seller_id,seller_zip_code_prefix,seller_city,seller_state");
  }

  @Test
  void missingFileDirectoryOrColumn_isSaidClearly() throws Exception {
    write("sellers.csv", "seller_id,seller_city,seller_state");
    assertThatThrownBy(this::read).isInstanceOf(UnusableData.class).hasMessageEndingWith("sellers.csv has no column seller_zip_code_prefix");
    write("sellers.csv");
    assertThatThrownBy(this::read).isInstanceOf(UnusableData.class).hasMessageEndingWith("sellers.csv is empty");
    Files.delete(directory.resolve("sellers.csv"));
    assertThatThrownBy(this::read).isInstanceOf(UnusableData.class).hasMessageEndingWith("sellers.csv is missing");
    assertThatThrownBy(() -> OlistOrders.read(directory.resolve("none"), NOON, problem -> {})).isInstanceOf(UnusableData.class).hasMessageEndingWith("none is not a directory");
  }

  @Test
  void realData_isReadWhole() throws Exception {
    var where = System.getProperty("olist.data", Objects.requireNonNullElse(System.getenv("OLIST_DATA"), ""));
    Assumptions.assumeFalse(where.isBlank(), "not run: neither -Dolist.data nor OLIST_DATA names the directory of the real data");
    directory = Path.of(where);
    var orders = read();
    assertThat(problems).isEmpty();
    assertThat(orders).hasSize(700).allSatisfy(order -> OrderGeneratorTest.assertAddsUp(order.document()));
    assertThat(orders.stream().collect(Collectors.groupingBy(PlannedOrder::end, Collectors.counting())))
        .containsEntry(WantedEnd.DELIVERED, 684L).containsEntry(WantedEnd.SHIPPED, 10L).containsEntry(WantedEnd.HANDLING, 3L)
        .containsEntry(WantedEnd.INVOICED, 2L).containsEntry(WantedEnd.CANCELED, 1L);
    assertThat(orders).filteredOn(order -> order.document().get("roundingError").asLong() != 0).hasSize(3);
  }

  private List<PlannedOrder> read() throws UnusableData {
    var orders = new ArrayList<PlannedOrder>();
    OlistOrders.read(directory, NOON, problem -> problems.add(problem.toString())).forEach(orders::add);
    return orders;
  }

  private static String order(String id, String customer, String status) {
    return id + "," + customer + "," + status + ",2017-10-02 10:56:33,2017-10-02 11:07:15,,,2017-10-18 00:00:00";
  }

  private static String item(String order, int number, String product, String price, String freight) {
    return order + "," + number + "," + product + ",s1,2017-10-06 11:07:15," + price + "," + freight;
  }

  private void write(String file, String... lines) throws IOException {
    Files.write(directory.resolve(file), List.of(lines));
  }

  private void append(String file, String... lines) throws IOException {
    Files.write(directory.resolve(file), List.of(lines), StandardOpenOption.APPEND);
  }
}
