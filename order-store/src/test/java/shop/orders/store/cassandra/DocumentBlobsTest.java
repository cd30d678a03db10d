package shop.orders.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import shop.orders.model.InvalidDocument;

class DocumentBlobsTest {
  @Test
  void whatCassandraWouldNotTake_isRefusedInWords() {
    assertThatThrownBy(() -> DocumentBlobs.of(Map.of("embeddedInvoice", random(9_000_000)))).isInstanceOf(InvalidDocument.class).hasMessageContaining("too large");
    assertThatThrownBy(() -> DocumentBlobs.of(Map.of("clientProfileData", Map.of("corporateName", random(9_000_000))))).isInstanceOf(InvalidDocument.class);
  }

  @Test
  void documentThatFits_isReadBack() {
    var document = Map.<String, Object>of("embeddedInvoice", random(4_000_000));
    assertThat(DocumentBlobs.of(document).document()).isEqualTo(document);
  }

  /** Hardly to be packed. */
  private static String random(int bytes) {
    var random = new byte[bytes];
    new Random(1).nextBytes(random);
    return Base64.getEncoder().encodeToString(random);
  }
}
