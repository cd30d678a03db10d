package shop.orders.workflow.feed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads and commits a feed for ever, as a process of its own that may be killed at any moment, and notes down what it does: {@code got ID TIME}
 * with the time at which it asked, {@code commit ID TIME} before it commits, {@code committed ID TIME} with the time of the answer.
 */
final class FeedReader {
  private static final Pattern ID = Pattern.compile("\"eventId\":\"([^\"]*)\"");
  private static final Pattern HANDLE = Pattern.compile("\"handle\":\"([^\"]*)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final String[] arguments;

  private FeedReader(String... arguments) {
    this.arguments = arguments;
  }

  /** @param arguments the feed's address, application key and token, the file of notes */
  public static void main(String... arguments) throws InterruptedException {
    var reader = new FeedReader(arguments);
    while (true) {
      try {
        if (!reader.once()) Thread.sleep(50);
      } catch (IOException e) { // an answer that says "not now", or none
        Thread.sleep(50);
      }
    }
  }

  private boolean once() throws IOException, InterruptedException {
    long asked = System.currentTimeMillis();
    var read = call(request("?maxlot=10").GET());
    var ids = ID.matcher(read).results().map(m -> m.group(1)).toList();
    if (ids.isEmpty()) return false;
    note("got", ids, asked);
    var handles = HANDLE.matcher(read).results().map(m -> m.group(1)).collect(Collectors.joining("\",\"", "[\"", "\"]"));
    note("commit", ids, System.currentTimeMillis());
    call(request("").POST(BodyPublishers.ofString(handles)));
    note("committed", ids, System.currentTimeMillis());
    return true;
  }

  private void note(String what, List<String> ids, long time) throws IOException {
    var lines = new ArrayList<String>();
    for (var id : ids) lines.add(what + " " + id + " " + time + " .");
    Files.write(Path.of(arguments[3]), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private HttpRequest.Builder request(String query) {
    return HttpRequest.newBuilder(URI.create(arguments[0] + query))
        .timeout(Duration.ofSeconds(30))
        .header("X-VTEX-API-AppKey", arguments[1])
        .header("X-VTEX-API-AppToken", arguments[2])
        .header("Content-Type", "application/json");
  }

  private String call(HttpRequest.Builder request) throws IOException, InterruptedException {
    var answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() == 503) throw new IOException("not now");
    if (answer.statusCode() != 200) throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    return answer.body();
  }
}
