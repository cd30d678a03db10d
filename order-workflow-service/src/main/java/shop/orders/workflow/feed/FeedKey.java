package shop.orders.workflow.feed;

import shop.orders.store.Settings;
import shop.orders.web.Caller;

/**
 * Which feed: each has its own configuration, its own place in the log and its own handles.
 *
 * @param name empty for the key's unnamed feed, the only one that connectors know
 * @param isRefill the second log that the feed reads, its own, with what was fetched from the orders; it has a place of its own there
 */
record FeedKey(String account, String appKey, String name, boolean isRefill) {
  /** No other feed can have its name. */
  static final String OLD = "~v2";

  FeedKey(String account, String appKey, String name) {
    this(account, appKey, name, false);
  }

  FeedKey refill() {
    return new FeedKey(account, appKey, name, true);
  }

  /** What the log is kept under. No account has a name with a slash. */
  String log() {
    return isRefill ? account + "/refill/" + place() : account;
  }

  /** The one that Feed v2 reads, beside the key's others. */
  static FeedKey old(Caller caller) {
    return of(caller, OLD);
  }

  static FeedKey of(Caller caller, String name) {
    return new FeedKey(caller.account(), caller.appKey(), name);
  }

  boolean isOfTheKeyOf(FeedKey other) {
    return account.equals(other.account) && appKey.equals(other.appKey);
  }

  boolean isOld() {
    return name.equals(OLD);
  }

  boolean isNamed() {
    return !name.isEmpty();
  }

  Settings.Kind kind() {
    return isNamed() ? Settings.Kind.NAMED_FEED : Settings.Kind.FEED;
  }

  /** What its configuration is kept under. A feed's name has no slash, so no two feeds share one, whatever the keys are. */
  String setting() {
    return isNamed() ? name + "/" + appKey : appKey;
  }

  /** What its place in the log is kept under. */
  String consumer() {
    return isRefill ? "refill/" + place() : place();
  }

  private String place() {
    return isNamed() ? "feed:" + setting() : "feed/" + setting();
  }

  @Override
  public String toString() {
    return "feed '" + name + "' of " + appKey;
  }
}
