package shop.orders.workflow.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Set;
import org.springframework.stereotype.Component;
import shop.orders.store.Settings;
import shop.orders.store.Settings.Kind;
import tools.jackson.databind.ObjectMapper;

/** Accounts, remembered for a few seconds. Safe for use by many threads. */
@Component
public class Accounts {
  private static final Duration REMEMBERED = Duration.ofSeconds(10);
  private static final String ALL = "";

  private final Settings settings;
  private final ObjectMapper json;
  private final Cache<String, Account> accounts = Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(REMEMBERED).build();
  private final Cache<String, Set<String>> names = Caffeine.newBuilder().expireAfterWrite(REMEMBERED).build();

  Accounts(Settings settings, ObjectMapper json) {
    this.settings = settings;
    this.json = json;
  }

  /** The account's settings; the usual ones if nobody configured it. */
  public Account find(String name) {
    var remembered = accounts.getIfPresent(name);
    if (remembered != null) return remembered;
    var loaded = load(name); // not under the cache's lock: with a store that hangs, callers would wait one after the other
    accounts.put(name, loaded);
    return loaded;
  }

  /** Names of all configured accounts. */
  public Set<String> names() {
    var remembered = names.getIfPresent(ALL);
    if (remembered != null) return remembered;
    var loaded = Set.copyOf(settings.list(Kind.ACCOUNT, "").keySet());
    names.put(ALL, loaded);
    return loaded;
  }

  void save(Account account) {
    settings.save(Kind.ACCOUNT, "", account.name(), json.writeValueAsString(account));
    accounts.invalidate(account.name());
    names.invalidateAll();
  }

  void saveChangeSellerWithin(String account, Duration within) {
    settings.save(Kind.CHANGE_SELLER_WINDOW, "", account, json.writeValueAsString(within));
    accounts.invalidate(account);
  }

  /** Whether somebody configured the account. */
  boolean isKnown(String name) {
    return settings.find(Kind.ACCOUNT, "", name).isPresent();
  }

  private Account load(String name) {
    var account = settings.find(Kind.ACCOUNT, "", name).map(text -> json.readValue(text, Account.class)).orElseGet(() -> Account.unconfigured(name));
    return settings.find(Kind.CHANGE_SELLER_WINDOW, "", name).map(text -> account.withChangeSellerWithin(json.readValue(text, Duration.class))).orElse(account);
  }
}
