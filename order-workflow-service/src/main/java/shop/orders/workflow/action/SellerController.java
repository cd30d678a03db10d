package shop.orders.workflow.action;

import java.util.stream.Stream;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.Change.SellerChanged;
import shop.orders.model.Decision;
import shop.orders.model.Order;
import shop.orders.model.OrderStatus;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;
import shop.orders.workflow.account.Accounts;
import tools.jackson.databind.JsonNode;

/** The marketplace finds another seller for an order. */
@RestController
class SellerController {
  private final Actions actions;
  private final Accounts accounts;
  private final WrongState wrongState;

  SellerController(Actions actions, Accounts accounts, WrongState wrongState) {
    this.actions = actions;
    this.accounts = accounts;
    this.wrongState = wrongState;
  }

  @PutMapping("/api/checkout/pvt/orders/{orderId}/sellers")
  Receipt change(Caller caller, @PathVariable String orderId, JsonBody body) {
    var seller = seller(body.require());
    var changed = new SellerChanged(seller, accounts.find(caller.account()).seller(seller).isPresent());
    return actions.take(caller, orderId, "change-seller", (order, decision) -> decide(order, decision, changed));
  }

  private void decide(Order order, Decision decision, SellerChanged changed) {
    var changes = order.changes(SellerChanged.class);
    if (!changes.isEmpty() && changes.get(changes.size() - 1).equals(changed) && order.status() != OrderStatus.WINDOW_TO_CHANGE_SELLER) return;
    switch (order.status()) {
      case WINDOW_TO_CHANGE_SELLER -> decision.move(OrderStatus.PAYMENT_APPROVED, changed);
      case PAYMENT_PENDING, WAITING_FOR_ORDER_AUTHORIZATION, WAITING_FOR_MKT_AUTHORIZATION -> {
        if (!order.flow().statuses().contains(OrderStatus.WINDOW_TO_CHANGE_SELLER)) {
          throw ApiError.invalid("seller", "The account sells this order from its own stock.");
        }
        decision.record(changed);
      }
      default -> throw wrongState.expected(OrderStatus.WINDOW_TO_CHANGE_SELLER, OrderStatus.PAYMENT_PENDING, OrderStatus.WAITING_FOR_MKT_AUTHORIZATION);
    }
  }

  /** The public description does not give the body, so whatever names one seller is taken. */
  private static String seller(JsonNode body) {
    var named =
        Stream.of("/seller", "/sellerId", "/newSeller", "/sellers/0/id", "/sellers/0", "/items/0/seller", "/0/id", "/0/seller")
            .map(body::at)
            .filter(JsonNode::isValueNode)
            .filter(node -> !node.isNull())
            .map(node -> node.asString().strip())
            .filter(text -> !text.isEmpty())
            .findFirst();
    if (named.isEmpty()) throw ApiError.invalid("seller", "The seller field is required.");
    if (named.get().length() > 100) throw ApiError.invalid("seller", "The seller field must have at most 100 characters.");
    return named.get();
  }
}
