package shop.orders.workflow.account;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import shop.orders.model.OrderKey;
import shop.orders.web.ApiError;
import shop.orders.web.ApiKey;
import shop.orders.web.ApiKeys;

/** Sets up accounts and keys. For the operator alone: closed unless a token is configured, and not behind the front door. */
@RestController
@RequestMapping("/operator/accounts/{account}")
class OperatorController {
  private final Accounts accounts;
  private final ApiKeys keys;

  OperatorController(Accounts accounts, ApiKeys keys) {
    this.accounts = accounts;
    this.keys = keys;
  }

  record AccountSettings(Account.@Nullable AntifraudProvider antifraud, @Nullable Duration gracePeriod, @Nullable List<Account.OutsideSeller> sellers) {}

  record KeySettings(@Nullable String appToken, @Nullable String seller) {}

  @ModelAttribute
  void check(@PathVariable String account) {
    if (!OrderKey.isAccount(account)) throw ApiError.invalid("account", "The account name must be 1 to 60 of a-z, 0-9, _ and -.");
  }

  @PutMapping
  Account save(@PathVariable String account, @RequestBody AccountSettings settings) {
    var grace = settings.gracePeriod() == null ? Account.USUAL_GRACE : settings.gracePeriod();
    if (grace.isNegative()) throw ApiError.invalid("gracePeriod", "The grace period must not be negative.");
    var provider = settings.antifraud();
    if (provider != null && !isHttp(provider.url())) throw ApiError.invalid("antifraud.url", "The antifraud provider's url must be an absolute http or https URL.");
    var sellers = settings.sellers() == null ? List.<Account.OutsideSeller>of() : settings.sellers();
    for (var seller : sellers) {
      if (seller.id() == null || seller.id().isBlank()) throw ApiError.invalid("sellers", "Every seller must have an id.");
      if (!isHttp(seller.url())) throw ApiError.invalid("sellers", "The url of seller " + seller.id() + " must be an absolute http or https URL.");
    }
    accounts.save(new Account(account, provider, grace, sellers, accounts.find(account).changeSellerWithin()));
    return accounts.find(account);
  }

  @PutMapping("/keys/{appKey}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void saveKey(@PathVariable String account, @PathVariable String appKey, @RequestBody KeySettings settings) {
    var token = settings.appToken();
    if (token == null || token.length() < 16) throw ApiError.invalid("appToken", "The token must have at least 16 characters.");
    if (keys.find(appKey).filter(k -> !k.account().equals(account)).isPresent()) {
      throw new ApiError(HttpStatus.CONFLICT, "OMS001", "The key " + appKey + " belongs to another account.");
    }
    if (!accounts.isKnown(account)) throw new ApiError(HttpStatus.NOT_FOUND, "OMS404", "There is no account " + account + "; PUT it first.");
    keys.save(ApiKey.of(appKey, account, token, settings.seller()));
  }

  private static boolean isHttp(@Nullable URI url) {
    return url != null && url.getHost() != null && List.of("http", "https").contains(String.valueOf(url.getScheme()));
  }
}
