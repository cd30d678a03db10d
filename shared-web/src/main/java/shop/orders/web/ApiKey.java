package shop.orders.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An application key as it is kept.
 *
 * @param tokenHash SHA-256 of the token, hex; tokens are long and random, so a plain hash is enough and the token itself is kept nowhere
 * @param seller the outside seller that holds it; null for the account's own people and systems
 */
public record ApiKey(String appKey, String account, String tokenHash, @Nullable String seller) {
  /** Key for a token in clear text. */
  public static ApiKey of(String appKey, String account, String token) {
    return of(appKey, account, token, null);
  }

  /** Key of an outside seller of the account. */
  public static ApiKey of(String appKey, String account, String token, @Nullable String seller) {
    return new ApiKey(appKey, account, HexFormat.of().formatHex(hash(token)), seller);
  }

  /** Compares in constant time. */
  public boolean accepts(String token) {
    return MessageDigest.isEqual(HexFormat.of().parseHex(tokenHash), hash(token));
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
