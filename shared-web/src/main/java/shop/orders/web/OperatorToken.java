package shop.orders.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets only requests with the operator's token through to {@code /operator}; nobody's, unless a token is configured. */
class OperatorToken implements HandlerInterceptor {
  private final @Nullable String expected;

  OperatorToken(@Nullable String expected) {
    this.expected = expected;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
    var token = request.getHeader("X-Operator-Token");
    if (expected == null || expected.isBlank() || token == null || !MessageDigest.isEqual(bytes(token), bytes(expected))) {
      throw new ApiError(HttpStatus.UNAUTHORIZED, "1", "Unauthorized access");
    }
    return true;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
