package shop.orders.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import shop.orders.store.StoreUnavailable;
import tools.jackson.databind.ObjectMapper;

/** Lets only requests with a valid {@code X-VTEX-API-AppKey} and {@code -AppToken} through to {@code /api}. */
class KeyFilter extends OncePerRequestFilter {
  private final ApiKeys keys;
  private final ObjectMapper json;

  KeyFilter(ApiKeys keys, ObjectMapper json) {
    this.keys = keys;
    this.json = json;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var appKey = request.getHeader("X-VTEX-API-AppKey");
    var token = request.getHeader("X-VTEX-API-AppToken");
    @Nullable ApiKey key;
    try {
      key = appKey == null || token == null ? null : keys.find(appKey).filter(k -> k.accepts(token)).orElse(null);
    } catch (StoreUnavailable e) {
      response.setHeader(HttpHeaders.RETRY_AFTER, "2");
      refuse(request, response, HttpStatus.SERVICE_UNAVAILABLE, "OMS503", "The key cannot be checked now, nothing was done");
      return;
    }
    if (key == null) {
      refuse(request, response, HttpStatus.UNAUTHORIZED, "1", "Unauthorized access");
      return;
    }
    @Nullable String asked;
    try {
      var query = Query.of(request);
      asked = query.text("an") == null ? query.text("accountName") : query.text("an");
    } catch (ApiError e) {
      refuse(request, response, e.status(), e.code(), e.getMessage());
      return;
    }
    if (asked != null && !asked.equalsIgnoreCase(key.account())) {
      refuse(request, response, HttpStatus.FORBIDDEN, "1", "Access denied: this key belongs to another account");
      return;
    }
    request.setAttribute(Caller.ATTRIBUTE, new Caller(key.account(), key.appKey(), key.seller()));
    chain.doFilter(request, response);
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String code, String message)
      throws IOException {
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    var shown = status == HttpStatus.UNAUTHORIZED && request.getRequestURI().startsWith("/api/orders") ? status.getReasonPhrase() : message;
    json.writeValue(response.getOutputStream(), ErrorBody.forPath(request.getRequestURI(), status, code, shown, Map.of()));
  }
}
