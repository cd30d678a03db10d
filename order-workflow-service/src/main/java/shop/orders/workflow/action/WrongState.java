package shop.orders.workflow.action;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import shop.orders.model.OrderStatus;
import shop.orders.web.ApiError;
import shop.orders.workflow.command.WorkflowProperties;

/** The answer to an action in a status that does not allow it; connectors match the text. */
@Component
public class WrongState {
  private final HttpStatus status;

  WrongState(WorkflowProperties properties) {
    this.status = HttpStatus.valueOf(properties.wrongStateStatus());
  }

  /** @param statuses in which it would be allowed */
  public ApiError expected(OrderStatus... statuses) {
    var names = Arrays.stream(statuses).map(OrderStatus::wire).collect(Collectors.joining(" or "));
    return because("Order status should be " + names + " to perform this action");
  }

  ApiError because(String message) {
    return new ApiError(status, "OMS003", message);
  }
}
