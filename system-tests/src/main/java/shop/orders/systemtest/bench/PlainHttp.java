package shop.orders.systemtest.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import shop.orders.localstack.client.Connection;

/**
 * Talks to the order API by the JDK's oldest client: it works in the calling thread and costs a fraction of the newer one, and what the client
 * uses of the two cores is taken from what is measured. Safe for use by many threads.
 */
final class PlainHttp {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final Connection connection;

  /** @param connections kept open */
  PlainHttp(Connection connection, int connections) {
    this.connection = connection;
    System.setProperty("http.maxConnections", Integer.toString(connections)); // read at the first request
  }

  /** As {@link #post}, without a body. */
  String get(String path) throws IOException {
    return answer(path, request(path));
  }

  /** @return the answer's body @throws IOException if it is not a 2xx, or there is none */
  String post(String path, byte[] body, Map<String, String> headers) throws IOException {
    var request = request(path);
    request.setRequestMethod("POST");
    request.setDoOutput(true);
    request.setFixedLengthStreamingMode(body.length); // also: never sent again behind our back
    request.setRequestProperty("Content-Type", "application/json");
    headers.forEach(request::setRequestProperty);
    try (var out = request.getOutputStream()) {
      out.write(body);
    }
    return answer(path, request);
  }

  private HttpURLConnection request(String path) throws IOException {
    var request = (HttpURLConnection) connection.url().resolve(path).toURL().openConnection();
    request.setConnectTimeout(TIMEOUT_MILLIS);
    request.setReadTimeout(TIMEOUT_MILLIS);
    request.setRequestProperty("X-VTEX-API-AppKey", connection.appKey());
    request.setRequestProperty("X-VTEX-API-AppToken", connection.appToken());
    return request;
  }

  private static String answer(String path, HttpURLConnection request) throws IOException {
    int status = request.getResponseCode();
    try (var in = status < 400 ? request.getInputStream() : request.getErrorStream()) {
      var answer = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8); // read to the end, so that the connection is kept
      if (status / 100 != 2) throw new IOException(path + " answered " + status + " " + answer);
      return answer;
    }
  }
}
