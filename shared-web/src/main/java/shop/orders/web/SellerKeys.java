package shop.orders.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import shop.orders.model.Change.SellerChanged;
import shop.orders.model.Order;
import shop.orders.store.OrderStore;

/** Keeps a key that an outside seller holds to that seller's orders, and to what a seller does with them. */
public class SellerKeys implements HandlerInterceptor {
  /** What follows the order's id in a path. */
  private static final Pattern A_SELLERS =
      Pattern.compile("|/(actions/)?start-handling|/cancel|/deny-cancellation-request|/invoices?(/.*)?|/changes(/.*)?|/history|/ledger|/interactions|/conversation-message");

  private static final Pattern OF_AN_ORDER = Pattern.compile("/api/(?:oms/p(?:vt|ub)/orders|orders/pvt/document|order-system/orders)/\\{orderId}(.*)");

  private static final String RECEIPT = "/api/oms/pvt/receipts/{receipt}";

  private final OrderStore store;

  SellerKeys(OrderStore store) {
    this.store = store;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(request.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller) || caller.seller() == null) return true;
    var pattern = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    if (pattern.equals(RECEIPT)) return true; // whose order it is, its controller knows and checks
    var path = OF_AN_ORDER.matcher(pattern);
    if (!path.matches() || !A_SELLERS.matcher(path.group(1)).matches()) {
      throw new ApiError(HttpStatus.FORBIDDEN, "1", "Access denied: this key is a seller's");
    }
    var orderId = ((Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)).get("orderId");
    var order = store.find(caller.order(String.valueOf(orderId)));
    if (order.isEmpty() || !mayReach(caller, order.get(), store)) throw ApiError.orderNotFound();
    return true;
  }

  /** Whether the caller's key is the account's own, or that of the seller of all of the order: who sells a part must not see or move the rest. */
  public static boolean mayReach(Caller caller, Order order, OrderStore store) {
    var seller = caller.seller();
    if (seller == null) return true;
    var changes = order.changes(SellerChanged.class);
    if (!changes.isEmpty()) return seller.equals(changes.get(changes.size() - 1).seller());
    return store.placedDocument(order).items().stream().allMatch(item -> seller.equals(item.seller()));
  }
}
