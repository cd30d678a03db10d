package shop.orders.systemtest.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The search service stands frozen for as long as this is open: it would index what is measured. */
final class Quiet implements AutoCloseable {
  private final String search;
  private final Thread undo = new Thread(this::thaw, "thaw");

  /** @param searchPid file that holds the search service's process id */
  Quiet(Path searchPid) throws IOException {
    this.search = Files.readString(searchPid).strip().split(" ")[0];
    Runtime.getRuntime().addShutdownHook(undo);
    signal("-STOP");
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(undo);
    thaw();
  }

  private void thaw() {
    try {
      signal("-CONT");
    } catch (IOException e) {
      throw new IllegalStateException("the search service may still be frozen: ./oms thaw order-search-service", e);
    }
  }

  private void signal(String signal) throws IOException {
    try {
      int exit = new ProcessBuilder("kill", signal, search).inheritIO().start().waitFor();
      if (exit != 0) throw new IOException("kill " + signal + " of the search service failed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
