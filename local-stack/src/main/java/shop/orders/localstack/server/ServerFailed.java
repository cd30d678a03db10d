package shop.orders.localstack.server;

/** A process of the local stack did not start, or cannot start on this machine. The message tells a person what to do or where to look. */
public class ServerFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ServerFailed(String message) {
    super(message);
  }

  public ServerFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
