package shop.orders.systemtest.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Keeps off whoever would disturb a measurement, for as long as it is open: the stub ERP and carrier are paused, the search service is frozen. */
final class Quiet implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final URI partners;
  private final String search;
  private final Thread undo = new Thread(this::undo, "undo");

  /** @param searchPid file that holds the search service's process id */
  Quiet(URI partners, Path searchPid) throws IOException, InterruptedException {
    this.partners = partners;
    this.search = Files.readString(searchPid).strip().split(" ")[0];
    Runtime.getRuntime().addShutdownHook(undo);
    partners("paused");
    signal("-STOP");
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(undo);
    undo();
  }

  private void undo() {
    try {
      signal("-CONT");
      partners("running");
    } catch (IOException e) {
      throw new IllegalStateException("the search service may still be frozen, and the stub partners paused: ./oms thaw order-search-service", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void partners(String state) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(partners.resolve("/control")).timeout(LIMIT)
        .PUT(BodyPublishers.ofString("{\"erp\":\"%s\",\"carrier\":\"%s\"}".formatted(state, state))).build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) throw new IOException("the stub partners answer " + answer.statusCode() + " to " + state);
  }

  private void signal(String signal) throws IOException, InterruptedException {
    int exit = new ProcessBuilder("kill", signal, search).inheritIO().start().waitFor();
    if (exit != 0) throw new IOException("kill " + signal + " of the search service failed");
  }
}
