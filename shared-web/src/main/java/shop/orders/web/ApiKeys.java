package shop.orders.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import shop.orders.store.Settings;
import tools.jackson.databind.ObjectMapper;

/** Application keys, remembered for a few seconds: a new or revoked key counts everywhere within that. Safe for use by many threads. */
public class ApiKeys {
  private static final Duration REMEMBERED = Duration.ofSeconds(10);

  private final Settings settings;
  private final ObjectMapper json;
  private final Cache<String, Optional<ApiKey>> keys = Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(REMEMBERED).build();

  ApiKeys(Settings settings, ObjectMapper json) {
    this.settings = settings;
    this.json = json;
  }

  /** @throws shop.orders.store.StoreUnavailable if the key is not remembered and the database does not answer */
  public Optional<ApiKey> find(String appKey) {
    var remembered = keys.getIfPresent(appKey);
    if (remembered != null) return remembered;
    var loaded = load(appKey); // not under the cache's lock: with a store that hangs, callers would wait one after the other
    keys.put(appKey, loaded);
    return loaded;
  }

  /** Adds or replaces a key. */
  public void save(ApiKey key) {
    settings.save(Settings.Kind.API_KEY, "", key.appKey(), json.writeValueAsString(key));
    keys.invalidate(key.appKey());
  }

  private Optional<ApiKey> load(String appKey) {
    return settings.find(Settings.Kind.API_KEY, "", appKey).map(text -> json.readValue(text, ApiKey.class));
  }
}
