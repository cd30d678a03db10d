package shop.orders.workflow.account;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import shop.orders.store.Settings;
import tools.jackson.databind.json.JsonMapper;

/** Lets tests of other packages have accounts. */
public final class TestAccounts {
  private TestAccounts() {}

  /** As another process saved it: who remembers the account from before finds out later. */
  public static void save(Settings settings, String name, Duration gracePeriod, Account.@Nullable AntifraudProvider antifraud) {
    of(settings).save(new Account(name, antifraud, gracePeriod, null, null));
  }

  public static Accounts of(Settings settings) {
    return new Accounts(settings, JsonMapper.shared());
  }
}
