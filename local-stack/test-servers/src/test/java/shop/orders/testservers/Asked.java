package shop.orders.testservers;

import java.util.List;
import java.util.function.Supplier;

/** A test JVM of its own, for {@link SwitchTest}: asks only what would be taken, or for the servers. */
final class Asked {
  private Asked() {}

  public static void main(String... arguments) {
    if (arguments[0].equals("choice")) {
      System.out.println(Choice.current());
    } else {
      for (Supplier<?> server : List.<Supplier<?>>of(TestServers::cassandra, TestServers::kafka, TestServers::elasticsearch)) say(server);
    }
  }

  private static void say(Supplier<?> server) {
    try {
      System.out.println(server.get());
    } catch (RuntimeException e) {
      System.out.println("refused: " + e.getMessage());
    }
  }
}
