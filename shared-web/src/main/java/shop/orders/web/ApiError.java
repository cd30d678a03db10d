package shop.orders.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A request that cannot be served, said in the caller's terms. {@link ApiErrors} writes it in the shape of the API family that was called. */
public class ApiError extends RuntimeException {
  private final HttpStatus status;
  private final String code;
  private final Map<String, List<String>> fields;

  /**
   * @param code stable, what clients switch on in {@code /api/oms}: {@code OMS007}
   * @param message for people; a few texts are stable too, since connectors match them
   */
  public ApiError(HttpStatus status, String code, String message) {
    this(status, code, message, Map.of(), null);
  }

  private ApiError(HttpStatus status, String code, String message, Map<String, List<String>> fields, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.code = code;
    this.fields = fields;
  }

  /** 404 with the text connectors know. */
  public static ApiError orderNotFound() {
    return new ApiError(HttpStatus.NOT_FOUND, "OMS007", "Order Not Found");
  }

  /** 400 about one field of the request. */
  public static ApiError invalid(String field, String message) {
    return new ApiError(HttpStatus.BAD_REQUEST, "OMS001", message, Map.of(field, List.of(message)), null);
  }

  /** 503: what was asked may or may not have happened; asking again is safe. */
  public static ApiError unavailable(String message, @Nullable Throwable cause) {
    return new ApiError(HttpStatus.SERVICE_UNAVAILABLE, "OMS503", message, Map.of(), cause);
  }

  public HttpStatus status() {
    return status;
  }

  public String code() {
    return code;
  }

  /** What is wrong by field; empty if it is not about fields. */
  public Map<String, List<String>> fields() {
    return fields;
  }
}
