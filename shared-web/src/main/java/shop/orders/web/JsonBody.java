package shop.orders.web;

import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A request's body, read as JSON whatever its content type says: real clients send {@code text/plain}, a form's, or none. Controllers
 * take it as a parameter; a body that is no JSON is refused only when it is asked for, since some calls are sent with junk in it.
 */
public final class JsonBody {
  private final byte[] bytes;
  private final ObjectMapper json;

  JsonBody(byte[] bytes, ObjectMapper json) {
    this.bytes = bytes;
    this.json = json;
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
    var body = isMissing() ? null : parsed(() -> json.readValue(bytes, Object.class));
    if (body == null) throw ApiError.invalid("body", "A JSON body is required.");
    return body;
  }

  /** The body as it came. */
  public byte[] bytes() {
    return bytes.clone();
  }

  private JsonNode parse() {
    return parsed(() -> json.readTree(bytes));
  }

  private static <T> T parsed(Supplier<T> parser) {
    try {
      return parser.get();
    } catch (JacksonException e) {
      var where = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
      throw new ApiError(HttpStatus.BAD_REQUEST, "OMS001", "The body is not valid JSON" + where + ".");
    }
  }
}
