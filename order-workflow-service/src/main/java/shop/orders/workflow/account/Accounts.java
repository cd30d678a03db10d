package shop.orders.workflow.account;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
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
  private final LoadingCache<String, Account> accounts;
  private final LoadingCache<String, Set<String>> names;

  Accounts(Settings settings, ObjectMapper json) {
    this.settings = settings;
    this.json = json;
    this.accounts = Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(REMEMBERED).build(this::load);
    this.names = Caffeine.newBuilder().expireAfterWrite(REMEMBERED).build(all -> Set.copyOf(settings.list(Kind.ACCOUNT, "").keySet()));
  }

  /** The account's settings; the usual ones if nobody configured it. */
  public Account find(String name) {
    return accounts.get(name);
  }

  /** Names of all configured accounts. */
  public Set<String> names() {
    return names.get(ALL);
  }

  void save(Account account) {
    settings.save(Kind.ACCOUNT, "", account.name(), json.writeValueAsString(account));
    accounts.invalidate(account.name());
    names.invalidateAll();
  }

  /** Makes the account known with the usual settings, unless it is known. */
  void ensure(String name) {
    if (settings.find(Kind.ACCOUNT, "", name).isEmpty()) save(Account.unconfigured(name));
  }

  private Account load(String name) {
    return settings.find(Kind.ACCOUNT, "", name).map(text -> json.readValue(text, Account.class)).orElseGet(() -> Account.unconfigured(name));
  }
}
