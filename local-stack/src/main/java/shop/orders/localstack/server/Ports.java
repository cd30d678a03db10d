package shop.orders.localstack.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of the loopback address. */
public final class Ports {
  private static final int FIRST = 15_000;
  private static final int LAST = 32_000;

  private Ports() {}

  /**
   * A port nobody listens on now, outside the range the kernel takes the near end of connections from: a server that is down for
   * a moment would otherwise find its port used by a client. Between this answer and its use somebody else may take it; chance makes
   * that unlikely.
   */
  public static int free() {
    return ThreadLocalRandom.current().ints(FIRST, LAST + 1).filter(port -> !taken(port)).findFirst().orElseThrow();
  }

  /** Whether a process that wants to listen on this port would be refused. */
  public static boolean taken(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
