package shop.orders.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import shop.orders.store.Settings.Kind;

/** Holds for every {@link Settings}. */
public interface SettingsContract {
  StoreUnderTest underTest();

  private Settings settings() {
    return underTest().stores().settings();
  }

  @Test
  default void save_overwritesAndDeleteForgets() {
    var account = SampleOrders.newAccount();
    assertThat(settings().find(Kind.FEED, account, "k1")).isEmpty();
    settings().save(Kind.FEED, account, "k1", "{\"a\":1}");
    settings().save(Kind.FEED, account, "k1", "{\"a\":2}");
    settings().save(Kind.FEED, account, "k2", "{}");
    assertThat(settings().find(Kind.FEED, account, "k1")).contains("{\"a\":2}");
    assertThat(settings().list(Kind.FEED, account)).isEqualTo(Map.of("k1", "{\"a\":2}", "k2", "{}"));
    settings().delete(Kind.FEED, account, "k1");
    settings().delete(Kind.FEED, account, "k1");
    assertThat(settings().list(Kind.FEED, account)).isEqualTo(Map.of("k2", "{}"));
  }

  @Test
  default void find_keepsKindsAndScopesApart() {
    var name = SampleOrders.newAccount();
    settings().save(Kind.ACCOUNT, "", name, "{}");
    assertThat(settings().find(Kind.ACCOUNT, "", name)).contains("{}");
    assertThat(settings().find(Kind.API_KEY, "", name)).isEmpty();
    assertThat(settings().find(Kind.ACCOUNT, "other", name)).isEmpty();
    assertThat(settings().list(Kind.ACCOUNT, "")).containsEntry(name, "{}");
  }
}
