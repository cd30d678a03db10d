package shop.orders.localstack.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import shop.orders.localstack.server.ServerFailed;

/** Short calls to processes of this machine. */
final class Http {
  private static final Duration LIMIT = Duration.ofMillis(1500);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  private Http() {}

  /** Whether a GET is answered with this status within a second and a half. */
  static boolean answers(URI uri, int status) {
    try {
      return send(HttpRequest.newBuilder(uri).timeout(LIMIT).build()).statusCode() == status;
    } catch (IOException e) {
      return false; // refused or silent: not ready, which is the answer
    }
  }

  static HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailed("interrupted while waiting for " + request.uri(), e);
    }
  }
}
