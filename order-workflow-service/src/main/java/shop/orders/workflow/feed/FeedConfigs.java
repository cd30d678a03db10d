package shop.orders.workflow.feed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import shop.orders.store.Settings;
import shop.orders.web.ApiError;
import shop.orders.web.Caller;
import tools.jackson.databind.ObjectMapper;

/** The feeds' configurations. One stays until somebody deletes it. Safe for use by many threads. */
@Component
class FeedConfigs {
  private static final Duration REMEMBERED = Duration.ofSeconds(10);

  private final Settings settings;
  private final ObjectMapper json;

  /** What is changed by another instance counts here within seconds, as with keys and accounts. */
  private final Cache<FeedKey, FeedConfig> configs = Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(REMEMBERED).build();

  FeedConfigs(Settings settings, ObjectMapper json) {
    this.settings = settings;
    this.json = json;
  }

  Optional<FeedConfig> find(FeedKey feed) {
    var remembered = configs.getIfPresent(feed);
    if (remembered != null) return Optional.of(remembered);
    var loaded = load(feed);
    loaded.ifPresent(config -> configs.put(feed, config));
    return loaded;
  }

  /** @throws ApiError 404 if there is none */
  FeedConfig require(FeedKey feed) {
    return find(feed).orElseThrow(() -> new ApiError(HttpStatus.NOT_FOUND, "OMS404", HttpStatus.NOT_FOUND.getReasonPhrase()));
  }

  /** As it is stored now, and remembered from now on. @throws ApiError 404 if there is none */
  FeedConfig reload(FeedKey feed) {
    configs.invalidate(feed);
    return require(feed);
  }

  /** What these handles are of; empty if this feed did not make one of them. It may have been made anew elsewhere, so not before a look at the store. */
  Optional<List<Handles.Handle>> handles(FeedKey feed, Collection<String> handles) {
    var read = find(feed).flatMap(config -> Handles.readAll(config, handles));
    if (read.isPresent()) return read;
    configs.invalidate(feed);
    return find(feed).flatMap(config -> Handles.readAll(config, handles));
  }

  /** As it is stored now. */
  Optional<FeedConfig> load(FeedKey feed) {
    return settings.find(feed.kind(), feed.account(), feed.setting()).map(this::read);
  }

  void save(FeedKey feed, FeedConfig config) {
    settings.save(feed.kind(), feed.account(), feed.setting(), json.writeValueAsString(config));
    configs.invalidate(feed);
  }

  void delete(FeedKey feed) {
    settings.delete(feed.kind(), feed.account(), feed.setting());
    configs.invalidate(feed);
  }

  /** A key's feeds by name, the unnamed one first. */
  Map<String, FeedConfig> of(Caller caller) {
    var found = new TreeMap<String, FeedConfig>();
    load(FeedKey.of(caller, "")).ifPresent(config -> found.put("", config));
    settings.list(Settings.Kind.NAMED_FEED, caller.account()).forEach(
        (setting, text) -> {
          int slash = setting.indexOf('/');
          if (setting.substring(slash + 1).equals(caller.appKey())) found.put(setting.substring(0, slash), read(text));
        });
    return found;
  }

  private FeedConfig read(String text) {
    return json.readValue(text, FeedConfig.class);
  }
}
