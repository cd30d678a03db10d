package shop.orders.localstack.client;

import java.net.URI;

/**
 * Where the order API is and who asks.
 *
 * @param url base address without path, for example {@code http://127.0.0.1:8080}
 * @param account name of the account the key belongs to
 */
public record Connection(URI url, String account, String appKey, String appToken) {
  public Connection {
    if (url.getHost() == null) throw new IllegalArgumentException("not an address of a server: " + url);
  }

  /** Without the token: this text ends up in logs. */
  @Override
  public String toString() {
    return account + " at " + url + " with key " + appKey;
  }
}
