package shop.orders.localstack.replay;

/**
 * A row that makes no sense.
 *
 * @param line from 1, the header is line 1
 */
public record Problem(String file, long line, String what) {
  @Override
  public String toString() {
    return file + ":" + line + ": " + what;
  }
}
