package shop.orders.store;

import java.util.Map;
import java.util.Optional;

/** Small configuration documents (accounts, keys, feeds): last write wins. */
public interface Settings {
  /** The JSON text, empty if there is none. */
  Optional<String> find(Kind kind, String scope, String name);

  void save(Kind kind, String scope, String name, String json);

  void delete(Kind kind, String scope, String name);

  /** All of one kind and scope by name, unordered. */
  Map<String, String> list(Kind kind, String scope);

  /** What a setting is about, and what its scope and name are. */
  enum Kind {
    /** scope empty, name the account. */
    ACCOUNT,
    /** scope empty, name the application key. */
    API_KEY,
    /** scope the account, name the application key. */
    FEED,
    /** scope the account, name the feed's name, a slash, and the application key. */
    NAMED_FEED,
    /** scope empty, name the account. */
    ORDER_CHANGES,
    /** scope empty, name the account: apart from ACCOUNT, since the account itself sets it and the operator the rest. */
    CHANGE_SELLER_WINDOW,
    /** scope the account, name the order id: an order that search cannot index at all. */
    UNREADABLE_ORDER,
    /** scope empty, name the service, a slash, and the process: what a process reports of its own progress. */
    PROGRESS
  }
}
