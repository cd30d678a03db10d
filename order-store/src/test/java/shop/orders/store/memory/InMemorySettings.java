package shop.orders.store.memory;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import shop.orders.store.Settings;

final class InMemorySettings implements Settings {
  private record Scope(Kind kind, String scope) {}

  private final Map<Scope, Map<String, String>> settings = new ConcurrentHashMap<>();

  @Override
  public Optional<String> find(Kind kind, String scope, String name) {
    return Optional.ofNullable(of(kind, scope).get(name));
  }

  @Override
  public void save(Kind kind, String scope, String name, String json) {
    of(kind, scope).put(name, json);
  }

  @Override
  public void delete(Kind kind, String scope, String name) {
    of(kind, scope).remove(name);
  }

  @Override
  public Map<String, String> list(Kind kind, String scope) {
    return Map.copyOf(of(kind, scope));
  }

  private Map<String, String> of(Kind kind, String scope) {
    return settings.computeIfAbsent(new Scope(kind, scope), s -> new ConcurrentHashMap<>());
  }
}
