package shop.orders.workflow.change;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.web.Caller;
import shop.orders.web.JsonBody;

/** How the account wants changes carried out. */
@RestController
@RequestMapping("/api/order-system/orders/changes/settings")
class ChangeSettingsController {
  private final ChangeSettings settings;

  ChangeSettingsController(ChangeSettings settings) {
    this.settings = settings;
  }

  @GetMapping
  Map<String, @Nullable Object> settings(Caller caller) {
    return settings.find(caller.account());
  }

  @PutMapping
  Map<String, @Nullable Object> save(Caller caller, JsonBody body) {
    return settings.save(caller.account(), body.require());
  }
}
