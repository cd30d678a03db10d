package shop.orders.store;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.deser.jdk.UntypedObjectDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * JSON as it is kept: numbers come back with the digits they were sent with. Whole numbers are {@code Long}, {@code BigInteger} beyond
 * its range; all others are {@code BigDecimal}, written without an exponent. Safe for use by many threads.
 */
public final class ExactJson {
  private static final TypeReference<Map<String, @Nullable Object>> TREE = new TypeReference<>() {};
  private static final JsonMapper MAPPER = newMapper();

  private ExactJson() {}

  /** The one mapper. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** A JSON object as UTF-8, fields in the map's order. */
  public static byte[] bytes(Map<String, @Nullable Object> tree) {
    return MAPPER.writeValueAsBytes(tree);
  }

  /** A JSON object as a mutable tree, fields in the text's order. @throws JacksonException if it is not one */
  public static Map<String, @Nullable Object> tree(byte[] json) {
    return MAPPER.readValue(json, TREE);
  }

  private static JsonMapper newMapper() {
    return JsonMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .enable(DeserializationFeature.USE_LONG_FOR_INTS)
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
        // What a newer version wrote beside what this one knows is not an error.
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .addModule(new SimpleModule("exact numbers").addSerializer(BigDecimal.class, new PlainDecimal()).addDeserializer(Object.class, new WideIntegers()))
        .build();
  }

  private static final class PlainDecimal extends StdSerializer<BigDecimal> {
    /** A number like {@code 1e999999} is legal JSON of eight bytes; written plainly it would be a megabyte, and beyond 1,000 digits nobody reads it back. */
    private static final int MOST_DIGITS = 900;

    PlainDecimal() {
      super(BigDecimal.class);
    }

    @Override
    public void serialize(BigDecimal value, JsonGenerator json, SerializationContext context) throws JacksonException {
      json.writeNumber(Math.abs((long) value.scale()) + value.precision() <= MOST_DIGITS ? value.toPlainString() : value.toString());
    }
  }

  /** What the feature for longs does, but for what does not fit: there it fails. */
  private static final class WideIntegers extends UntypedObjectDeserializer {
    WideIntegers() {
      super((JavaType) null, null);
    }

    @Override
    protected Object _coerceIntegral(JsonParser json, DeserializationContext context) {
      return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? json.getBigIntegerValue() : (Object) json.getLongValue();
    }
  }
}
