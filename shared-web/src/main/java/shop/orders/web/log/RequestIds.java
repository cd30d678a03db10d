package shop.orders.web.log;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives every request an id, its own or a new one, that its log lines carry and that is told in the answer. */
class RequestIds extends OncePerRequestFilter {
  static final String HEADER = "X-Request-Id";
  private static final String ATTRIBUTE = RequestIds.class.getName() + ".id";
  private static final int LONGEST = 64;

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
    var id = id(request);
    request.setAttribute(ATTRIBUTE, id);
    response.setHeader(HEADER, id);
    MDC.put(LogIds.REQUEST, id);
    try {
      chain.doFilter(request, response);
    } finally {
      MDC.remove(LogIds.REQUEST);
      MDC.remove(LogIds.ACCOUNT);
      MDC.remove(LogIds.ORDER);
    }
  }

  /** A request that waited goes on in another thread, under the id it had. */
  private static String id(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof String before) return before;
    var sent = request.getHeader(HEADER);
    return sent != null && sent.length() <= LONGEST && LogIds.isPlain(sent) ? sent : UUID.randomUUID().toString();
  }

  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }

  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return false;
  }
}
