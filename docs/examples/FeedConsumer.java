import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
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
 * Reads the order feed for ever and survives crashes on either side. JDK 17, no libraries:
 *
 * <pre>java FeedConsumer.java URL APP_KEY APP_TOKEN FILE</pre>
 *
 * It appends a line per event to FILE, where an ERP would write the order. The order of the two steps is what makes it safe: first the
 * event is kept where it survives a crash, then it is committed. A crash in between delivers it again, so keeping must be idempotent.
 */
public class FeedConsumer {
  private static final Pattern STRING_FIELD = Pattern.compile("\"(handle|orderId|state|eventId)\":\"([^\"]*)\"");

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final String url;
  private final String key;
  private final String token;
  private final Path file;

  FeedConsumer(String url, String key, String token, Path file) {
    this.url = url;
    this.key = key;
    this.token = token;
    this.file = file;
  }

  public static void main(String[] args) throws InterruptedException {
    var consumer = new FeedConsumer(args[0], args[1], args[2], Path.of(args[3]));
    for (int failures = 0; ; ) {
      try {
        consumer.once();
        failures = 0;
      } catch (IOException e) { // the network, or an answer that says "not now": wait longer each time, and go on
        failures++;
        System.err.println(e.getMessage());
        Thread.sleep(Math.min(60_000, 500L << Math.min(failures, 7)));
      }
    }
  }

  /** Waits up to 20 seconds for events, keeps them, commits them. */
  private void once() throws IOException, InterruptedException {
    var read = call(request("/api/orders/feed?maxlot=10&wait=20").GET());
    var handles = new ArrayList<String>();
    for (var event : events(read)) {
      keep(event);
      handles.add(event.handle);
    }
    if (handles.isEmpty()) return;
    var body = handles.stream().collect(Collectors.joining("\",\"", "{\"handles\":[\"", "\"]}"));
    call(request("/api/orders/feed").header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
  }

  /** Where an ERP would GET the order and write it under its id, so that writing it twice is harmless. */
  private void keep(Event event) throws IOException {
    Files.writeString(file, event.eventId + " " + event.orderId + " " + event.state + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.SYNC);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30)).header("X-VTEX-API-AppKey", key).header("X-VTEX-API-AppToken", token);
  }

  private String call(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) throw new IOException(answer.statusCode() + " " + answer.body());
    return answer.body();
  }

  private static final class Event {
    private String eventId;
    private String handle;
    private String orderId;
    private String state;
  }

  /** Good enough for this answer; an ERP has a JSON library. */
  private static List<Event> events(String json) {
    var events = new ArrayList<Event>();
    for (var object : json.split("\\},\\s*\\{")) {
      var event = new Event();
      var fields = STRING_FIELD.matcher(object);
      while (fields.find()) {
        switch (fields.group(1)) {
          case "handle" -> event.handle = fields.group(2);
          case "orderId" -> event.orderId = fields.group(2);
          case "state" -> event.state = fields.group(2);
          default -> event.eventId = fields.group(2);
        }
      }
      if (event.handle != null) events.add(event);
    }
    return events;
  }
}
