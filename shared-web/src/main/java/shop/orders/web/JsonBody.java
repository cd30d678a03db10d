package shop.orders.web;

import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A request's body, read as JSON whatever its content type says: real clients send {@code text/plain}, a form's, or none. Controllers
 * take it as a parameter; a body that is no JSON is refused only when it is asked for, since some calls are sent with junk in it.
 */
public final class JsonBody {
  /** Names, values, and where objects and lists begin and end. A line of an order and its shipping have up to 600; each takes up to a hundred bytes. */
  private static final int MOST_TOKENS = 3_000_000;

  private static final int DEEPEST = 200;

  /** Exact numbers both ways: 1.0 stays 1.0, and no digit of a decimal is lost. */
  private static final ObjectMapper EXACT =
      JsonMapper.builder(
              JsonFactory.builder().streamReadConstraints(StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).maxNestingDepth(DEEPEST).build()).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_LONG_FOR_INTS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final byte[] bytes;

  JsonBody(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether nothing, or blanks, was sent. */
  public boolean isMissing() {
    for (var b : bytes) if (!Character.isWhitespace(b)) return false;
    return true;
  }

  /**
   * The body's tree.
   *
   * @throws ApiError 400 if there is none or it is no JSON
   */
  public JsonNode require() {
    var body = isMissing() ? null : parse();
    if (body == null || body.isNull()) throw ApiError.invalid("body", "A JSON body is required.");
    return body;
  }

  /**
   * The body's tree; a missing node if nothing was sent.
   *
   * @throws ApiError 400 if something was sent that is no JSON
   */
  public JsonNode optional() {
    return isMissing() ? MissingNode.getInstance() : parse();
  }

  /**
   * The body as plain Java: maps, lists, Long, BigDecimal and so on. Cheaper than a tree made plain.
   *
   * @throws ApiError 400 if there is none or it is no JSON
   */
  public Object requirePlain() {
    var body = isMissing() ? null : parsed(() -> EXACT.readValue(bytes, Object.class));
    if (body == null) throw ApiError.invalid("body", "A JSON body is required.");
    return body;
  }

  /** The body as it came. */
  public byte[] bytes() {
    return bytes.clone();
  }

  private JsonNode parse() {
    return parsed(() -> EXACT.readTree(bytes));
  }

  private static <T> T parsed(Supplier<T> parser) {
    try {
      return parser.get();
    } catch (StreamConstraintsException e) {
      var most = "more than " + MOST_TOKENS + " values and names, nests deeper than " + DEEPEST + ", or has a name or number that is too long";
      throw new ApiError(HttpStatus.BAD_REQUEST, "OMS001", "The body is not read: it has " + most + ".");
    } catch (JacksonException e) {
      var where = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
      throw new ApiError(HttpStatus.BAD_REQUEST, "OMS001", "The body is not valid JSON" + where + ".");
    }
  }
}
