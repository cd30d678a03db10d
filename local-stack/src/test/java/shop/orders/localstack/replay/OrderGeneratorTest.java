package shop.orders.localstack.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OrderGeneratorTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 42, -7, Long.MAX_VALUE, Long.MIN_VALUE})
  void orders_addUpExactly(long seed) {
    for (var order : new OrderGenerator(seed, NOON).orders(200)) assertAddsUp(order.document());
  }

  /** Holds for every document this package makes. */
  static void assertAddsUp(JsonNode document) {
    long value = document.get("value").asLong();
    assertThat(sum(document.get("totals"), "value")).isEqualTo(value);
    assertThat(sum(document.get("paymentData").get("transactions").get(0).get("payments"), "value"))
        .isEqualTo(value + document.get("roundingError").asLong());
    long items = 0;
    long discounts = 0;
    for (var item : document.get("items")) {
      long quantity = item.get("quantity").asLong();
      long discount = sum(item.get("priceTags"), "value");
      assertThat(item.get("price").asLong() * quantity + discount).isEqualTo(item.get("sellingPrice").asLong() * quantity);
      assertThat(item.get("priceDefinition").get("total").asLong()).isEqualTo(item.get("sellingPrice").asLong() * quantity);
      assertThat(item.get("seller").asString()).isEqualTo("1");
      items += item.get("price").asLong() * quantity;
      discounts += discount;
    }
    assertThat(total(document, "Items")).isEqualTo(items);
    assertThat(total(document, "Discounts")).isEqualTo(discounts);
    assertThat(total(document, "Shipping")).isEqualTo(sum(document.get("shippingData").get("logisticsInfo"), "price"));
    assertThat(document.get("shippingData").get("logisticsInfo").size()).isEqualTo(document.get("items").size());
    assertThat(document.get("itemMetadata").get("Items").size()).isEqualTo(document.get("items").size());
  }

  @Test
  void everydayOrders_areMostlySmall_andComeToOneEnd() {
    var sizes = new ArrayList<Integer>();
    for (var order : OrderGenerator.everyday(1, NOON, WantedEnd.INVOICED).orders(1_000)) {
      assertAddsUp(order.document());
      assertThat(order.end()).isEqualTo(WantedEnd.INVOICED);
      sizes.add(order.document().get("items").size());
    }
    assertThat(sizes).allMatch(size -> size <= 60).filteredOn(size -> size <= 3).hasSizeBetween(880, 940);
  }

  @Test
  void generatedPayments_areExactlyTheValue() {
    for (var order : new OrderGenerator(5, NOON).orders(500)) assertThat(order.document().get("roundingError").asLong()).isZero();
  }

  @Test
  void sizes_areHalfOneLine_andOneInTwentyLarge() {
    var sizes = new ArrayList<Integer>();
    for (var order : new OrderGenerator(1, NOON).orders(200)) sizes.add(order.document().get("items").size());
    assertThat(sizes).filteredOn(size -> size == 1).hasSize(100);
    assertThat(sizes).filteredOn(size -> size >= 50).hasSize(10);
    assertThat(sizes).allMatch(size -> size >= 1 && size <= 500);
  }

  @Test
  void sameSeed_makesTheSameOrders_inAnyOrder() {
    var one = new OrderGenerator(9, NOON);
    var other = new OrderGenerator(9, NOON);
    assertThat(one.order(17)).isEqualTo(other.order(17));
    var orders = new ArrayList<PlannedOrder>();
    other.orders(20).forEach(orders::add);
    assertThat(orders.get(17)).isEqualTo(one.order(17));
    assertThat(new OrderGenerator(10, NOON).order(17).document()).isNotEqualTo(one.order(17).document());
  }

  @Test
  void document_hasTheKeysOfAnOrderThatIsRead() throws IOException {
    var keys = new TreeSet<String>();
    for (var order : new OrderGenerator(1, NOON).orders(20)) collect(order.document(), "", keys);
    assertThat(keys).containsAll(publishedKeys());
  }

  @Test
  void document_namesItsEndAndSource_andAnExampleMailbox() {
    for (var order : new OrderGenerator(1, NOON).orders(50)) {
      var fields = order.document().get("customData").get("customApps").get(0).get("fields");
      assertThat(fields.get("end").asString()).isEqualTo(order.end().label());
      assertThat(fields.get("source").asString()).isEqualTo(order.source());
      assertThat(order.document().get("clientProfileData").get("email").asString()).endsWith("@example.com");
    }
  }

  private static List<String> publishedKeys() throws IOException {
    try (InputStream in = Objects.requireNonNull(OrderGeneratorTest.class.getResourceAsStream("document-keys.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static void collect(JsonNode node, String path, TreeSet<String> keys) {
    if (node.isObject()) {
      node.properties().forEach(entry -> {
        keys.add(path + "/" + entry.getKey());
        collect(entry.getValue(), path + "/" + entry.getKey(), keys);
      });
    } else if (node.isArray()) {
      node.forEach(element -> collect(element, path + "[]", keys));
    }
  }

  private static long sum(JsonNode array, String field) {
    long sum = 0;
    for (var element : array) {
      assertThat(element.get(field).isIntegralNumber()).isTrue();
      sum += element.get(field).asLong();
    }
    return sum;
  }

  private static long total(JsonNode document, String id) {
    for (var total : document.get("totals")) if (total.get("id").asString().equals(id)) return total.get("value").asLong();
    throw new AssertionError("no total " + id);
  }
}
