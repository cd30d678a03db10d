package shop.orders.workflow.account;

import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;

/** How many days there are to find another seller for an order whose seller canceled; 0: none, it is canceled. */
@RestController
@RequestMapping("/api/checkout/pvt/configuration/window-to-change-seller")
class ChangeSellerWindowController {
  private static final int MOST_DAYS = 30;

  private final Accounts accounts;

  ChangeSellerWindowController(Accounts accounts) {
    this.accounts = accounts;
  }

  @GetMapping
  long days(Caller caller) {
    return accounts.find(caller.account()).changeSellerWithin().toDays();
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  void set(Caller caller, JsonBody body) {
    var days = body.require().path("waitingTime").asString("");
    if (!days.matches("\\d{1,2}") || Integer.parseInt(days) > MOST_DAYS) {
      throw ApiError.invalid("waitingTime", "The waitingTime field must be a number of days from 0 to " + MOST_DAYS + ".");
    }
    accounts.saveChangeSellerWithin(caller.account(), Duration.ofDays(Integer.parseInt(days)));
  }
}
