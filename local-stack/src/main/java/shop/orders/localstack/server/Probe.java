package shop.orders.localstack.server;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Sends one request and looks at the answer: a frozen process still accepts connections, only an answer proves life. */
final class Probe {
  private static final int LIMIT_MILLIS = 1500;

  /** Reads the answer. */
  interface Answer {
    boolean good(DataInputStream in) throws IOException;
  }

  private Probe() {}

  static boolean answers(int port, byte[] request, Answer answer) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.getOutputStream().write(request);
      return answer.good(new DataInputStream(socket.getInputStream()));
    } catch (IOException e) {
      return false; // refused, reset, silent: not ready, which is the answer
    }
  }
}
