package shop.orders.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderDocumentTest {
  @Test
  void placed_dropsUnknownFieldsEverywhere() {
    var document = order();
    document.put("surprise", 1L);
    item(document).put("surprise", Map.of("deep", true));
    assertThat(OrderDocument.placed(document).fields()).doesNotContainKey("surprise");
    assertThat(OrderDocument.objects(OrderDocument.placed(document).at("items")).get(0)).doesNotContainKey("surprise");
  }

  @Test
  void placed_keepsOpenMapsWhole() {
    var fields = Map.of("anything", List.of(1L, Map.of("deep", true)));
    var document = order();
    document.put("customData", Map.of("customApps", List.of(Map.of("id", "app", "major", 1L, "fields", fields))));
    var kept = OrderDocument.placed(document);
    assertThat(OrderDocument.objects(kept.at("customData", "customApps")).get(0).get("fields")).isEqualTo(fields);
  }

  @Test
  void placed_ignoresWhatTheServerOwns() {
    var document = order();
    OrderDocument.SERVER_OWNED.forEach(name -> document.put(name, "sent by the client"));
    assertThat(OrderDocument.placed(document).fields()).doesNotContainKeys(OrderDocument.SERVER_OWNED.toArray(String[]::new));
  }

  @Test
  void placed_tellsAbsentFromNull() {
    var document = order();
    document.put("storePreferencesData", null);
    var kept = OrderDocument.placed(document).fields();
    assertThat(kept).containsEntry("storePreferencesData", null).doesNotContainKey("invoiceData");
  }

  @Test
  void placed_addsWhatEveryDocumentHas() {
    assertThat(OrderDocument.placed(order()).fields()).containsEntry("marketplaceOrderId", "").containsEntry("shippingData", null);
  }

  @Test
  void placed_takesWholeNumbersWrittenAsDecimals() {
    var document = order();
    document.put("value", new BigDecimal("1160.0"));
    assertThat(OrderDocument.placed(document).value()).isEqualTo(1160);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.5", "1e400", "9223372036854775808", "-1", "1000000000000001"})
  void placed_refusesAmountsThatAreNone(String value) {
    var document = order();
    document.put("value", new BigDecimal(value));
    assertThatThrownBy(() -> OrderDocument.placed(document)).isInstanceOf(InvalidDocument.class).hasMessageContaining("value");
  }

  @Test
  void placed_namesTheFieldThatIsWrong() {
    var document = order();
    item(document).put("quantity", 0L);
    assertThatThrownBy(() -> OrderDocument.placed(document)).hasMessage("items[0].quantity must be 1 or more");
    item(document).put("quantity", "two");
    assertThatThrownBy(() -> OrderDocument.placed(document)).hasMessageContaining("items[0].quantity must be a whole number");
    item(document).put("quantity", 1L);
    item(document).remove("id");
    assertThatThrownBy(() -> OrderDocument.placed(document)).hasMessage("items[0].id is required");
    document.put("items", List.of());
    assertThatThrownBy(() -> OrderDocument.placed(document)).hasMessage("items must have at least one item");
    document.put("items", Map.of());
    assertThatThrownBy(() -> OrderDocument.placed(document)).hasMessage("items must be a list");
  }

  @Test
  void payments_areThoseOfActiveTransactions() {
    var document = order();
    document.put(
        "paymentData",
        Map.of(
            "transactions",
            List.of(
                Map.of("isActive", false, "payments", List.of(Map.of("id", "old", "value", 1L))),
                Map.of("isActive", true, "transactionId", "T", "payments", List.of(Map.of("id", "P", "value", 1160L, "group", "creditCard"))))));
    assertThat(OrderDocument.placed(document).payments()).containsExactly(new OrderDocument.Payment("T", "P", null, "creditCard", 1160));
  }

  private static Map<String, Object> order() {
    var item = new LinkedHashMap<String, Object>(Map.of("id", "18", "quantity", 1L, "price", 990L, "sellingPrice", 990L, "seller", "1"));
    var document = new LinkedHashMap<String, Object>();
    document.put("value", 1160L);
    document.put("items", new ArrayList<>(List.of(item)));
    return document;
  }

  @SuppressWarnings("unchecked") // made above
  private static Map<String, Object> item(Map<String, Object> document) {
    return ((List<Map<String, Object>>) document.get("items")).get(0);
  }
}
