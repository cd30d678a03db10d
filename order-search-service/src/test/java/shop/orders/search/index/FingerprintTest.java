package shop.orders.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.orders.search.TestOrders.order;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FingerprintTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void document_carriesHashAndDigest() {
    var write = write();
    var source = JSON.readTree(write.json());
    var hash = Fingerprint.hash("demo/v1-01", 1, OrderProjection.PROJECTION);
    assertThat(source.path("hashHigh").asInt()).isEqualTo(hash.high()).isBetween(0, (1 << 26) - 1);
    assertThat(source.path("hashLow").asInt()).isEqualTo(hash.low()).isBetween(0, (1 << 26) - 1);
    assertThat(Fingerprint.holds(write.json())).isTrue();
    assertThat(new DaySum(0, 0, 0).plus(order("demo", "v1-01").placed().order().key(), 1)).isEqualTo(new DaySum(1, hash.high(), hash.low()));
  }

  @Test
  void anyChangedByte_shows() {
    var json = write().json();
    for (int i = 0; i < json.length; i++) {
      var changed = json.clone();
      changed[i] ^= 1;
      boolean isHash = new String(json, 0, i + 1, StandardCharsets.UTF_8).contains("\"hashHigh\":") && !new String(json, 0, i + 1, StandardCharsets.UTF_8).contains("\"digest\"");
      // The two numbers are compared with the order's, not with the digest.
      if (!isHash) assertThat(Fingerprint.holds(changed)).as("byte %d", i).isFalse();
    }
    assertThat(Fingerprint.holds("{\"a\":1}".getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @Test
  void hash_dependsOnOrderVersionAndProjection() {
    var hash = Fingerprint.hash("demo/v1-01", 2, 4);
    assertThat(hash).isNotEqualTo(Fingerprint.hash("demo/v1-02", 2, 4)).isNotEqualTo(Fingerprint.hash("demo/v1-01", 3, 4)).isNotEqualTo(Fingerprint.hash("demo/v1-01", 2, 5));
  }

  private static Write.Content write() {
    var held = order("demo", "v1-01").client("José", "Souza", "a@b.c", "1").placed();
    return Write.Content.of(OrderProjection.document(held.order(), held.documents()), JSON);
  }
}
