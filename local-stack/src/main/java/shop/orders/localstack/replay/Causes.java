package shop.orders.localstack.replay;

/** Why a call had no answer, in a few words: java.net exceptions often have no message of their own. */
public final class Causes {
  private Causes() {}

  public static String of(Throwable thrown) {
    var cause = thrown;
    while (cause.getMessage() == null && cause.getCause() != null) cause = cause.getCause();
    var name = cause.getClass().getSimpleName();
    return cause.getMessage() == null ? name : name + " " + cause.getMessage();
  }
}
