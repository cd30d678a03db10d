package shop.orders.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import shop.orders.web.log.LogIds;

/** Has a request's log lines say whose it is, and which order its path names. */
class NamedOrder implements HandlerInterceptor {
  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller) {
      var named = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables ? variables.get("orderId") : null;
      LogIds.ofRequest(caller.account(), named == null ? null : named.toString());
    }
    return true;
  }
}
