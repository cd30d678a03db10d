package shop.orders.localstack.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Whether anybody is there at all: asked once, before something is begun, so that the user reads a sentence and not a stack trace. */
public final class Listening {
  private static final int PATIENCE_MILLIS = 2_000;

  private Listening() {}

  public static boolean at(InetSocketAddress address) {
    try (var socket = new Socket()) {
      socket.connect(address, PATIENCE_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
