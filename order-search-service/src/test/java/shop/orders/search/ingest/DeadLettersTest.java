package shop.orders.search.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaTemplate;
import shop.orders.model.OrderKey;
import shop.orders.search.TestOrders;

class DeadLettersTest {
  /** A topic's usual limit, and a producer's. */
  private static final int LARGEST_RECORD = 1_000_000;

  private final MockProducer<byte[], byte[]> kafka = new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final DeadLetters letters = new DeadLetters(new KafkaTemplate<>(() -> kafka), "dead", new SimpleMeterRegistry());

  @Test
  void hugeRecord_makesALetterThatFits_andSaysWhatWasCutOff() {
    var id = "x".repeat(1_500_000);
    var value = bytes("{\"account\":\"demo\",\"orderId\":\"%s\",\"version\":1,\"status\":\"placed\",\"at\":\"2026-11-20T12:00:00Z\"}".formatted(id));
    var why = catchThrowableOfType(Notices.Undecodable.class, () -> Notices.read(value));
    var letter = letter(bytes("demo/" + id), value, why.getMessage());
    assertThat(size(letter)).isLessThan(LARGEST_RECORD);
    assertThat(reason(letter))
        .startsWith("undecodable: not an order id: xxx")
        .contains("1500005 bytes")
        .endsWith("cut off, it had " + value.length + " bytes")
        .hasSizeLessThan(2_000);
  }

  @Test
  void reasonOfAnyLength_isCut() {
    var letter = letter(bytes("demo/v1-01"), bytes("{}"), "é".repeat(1_500_000));
    assertThat(size(letter)).isLessThan(10_000);
    assertThat(reason(letter)).startsWith("undecodable: ééé").endsWith("cut off, it had 1500000 characters)");
  }

  @Test
  void whatIsWrongWithANotice_isSaidInFewWords() {
    var why = catchThrowableOfType(Notices.Undecodable.class, () -> Notices.read(bytes(TestOrders.notice(new OrderKey("demo", "v1-01"), 1, "placed", Instant.EPOCH).replace("v1-01", "v".repeat(1_000_000)))));
    assertThat(why).hasMessageStartingWith("not an order id: vvv");
    assertThat(why.getMessage().length()).isLessThan(1_100);
  }

  @Test
  void anyOrdersKey_isKeptWhole() {
    var key = new OrderKey("a".repeat(60), "\uffff".repeat(200));
    var letter = letter(bytes(key.toString()), null, "the record has no value");
    assertThat(Notices.key(letter.key())).contains(key);
    assertThat(letter.value()).isNull();
    assertThat(reason(letter)).isEqualTo("undecodable: the record has no value");
  }

  private ProducerRecord<byte[], byte[]> letter(byte[] key, byte @Nullable [] value, String why) {
    letters.add(new ConsumerRecord<>("events", 0, 7L, key, value), "undecodable", why);
    return kafka.history().get(0);
  }

  private static String reason(ProducerRecord<byte[], byte[]> letter) {
    return new String(letter.headers().lastHeader(DeadLetters.REASON).value(), StandardCharsets.UTF_8);
  }

  private static int size(ProducerRecord<byte[], byte[]> letter) {
    int size = letter.key().length + (letter.value() == null ? 0 : letter.value().length);
    for (var header : letter.headers()) size += header.key().length() + header.value().length;
    return size;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
