package shop.orders.workflow.account;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A merchant's account.
 *
 * @param antifraud who judges its payments; null: orders wait for a payment notification
 * @param gracePeriod how long a shopper may cancel without consent, counted from payment approval; zero or more
 * @param sellers outside sellers that are told of their orders; null for none
 * @param changeSellerWithin how long another seller may be found for an order whose seller canceled; null for two days. A setting of its own
 */
public record Account(
    String name,
    @Nullable AntifraudProvider antifraud,
    Duration gracePeriod,
    @Nullable List<OutsideSeller> sellers,
    @Nullable Duration changeSellerWithin) {
  /** Half an hour, unless the account says otherwise. */
  public static final Duration USUAL_GRACE = Duration.ofMinutes(30);

  private static final Duration USUAL_CHANGE_SELLER = Duration.ofDays(2);

  public Account {
    sellers = sellers == null ? List.of() : List.copyOf(sellers); // accounts saved before there were any
    if (changeSellerWithin == null) changeSellerWithin = USUAL_CHANGE_SELLER;
  }

  /** An account nobody configured. */
  static Account unconfigured(String name) {
    return new Account(name, null, USUAL_GRACE, null, null);
  }

  /** The outside seller of that id, if it is to be told of its orders. */
  public Optional<OutsideSeller> seller(@Nullable String id) {
    return sellers.stream().filter(seller -> seller.id().equals(id)).findFirst();
  }

  Account withChangeSellerWithin(Duration within) {
    return new Account(name, antifraud, gracePeriod, sellers, within);
  }

  /** @param url base of the provider protocol, without trailing slash */
  public record AntifraudProvider(URI url, @Nullable String appKey, @Nullable String appToken) {}

  /**
   * A seller that takes orders from this account.
   *
   * @param id as order lines name it
   * @param url its fulfillment endpoint, without trailing slash: {@code https://seller.example.com/api/fulfillment}
   */
  public record OutsideSeller(String id, URI url, @Nullable String appKey, @Nullable String appToken) {}
}
