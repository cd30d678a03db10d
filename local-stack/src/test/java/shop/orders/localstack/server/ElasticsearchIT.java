package shop.orders.localstack.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ElasticsearchIT implements RunningServerContract<Elasticsearch> {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Override
  public Elasticsearch newServer() {
    return new Elasticsearch(Elasticsearch.Settings.forTests(PrivateDirectories.next()));
  }

  @Override
  public void write(Elasticsearch server, String value) throws Exception {
    var request = HttpRequest.newBuilder(server.uri().resolve("/t/_doc/1?refresh=wait_for"))
        .header("Content-Type", "application/json")
        .PUT(HttpRequest.BodyPublishers.ofString("{\"value\":\"" + value + "\"}"))
        .build();
    assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
  }

  @Override
  public String read(Elasticsearch server) throws Exception {
    var request = HttpRequest.newBuilder(server.uri().resolve("/t/_search")).build();
    return HTTP.send(request, BodyHandlers.ofString()).body().replaceAll(".*\"value\":\"([^\"]*)\".*", "$1");
  }

  @Test
  void directoryForItsOwnerAlone_isEnough() throws Exception {
    var directory = PrivateDirectories.next();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    try (var server = new Elasticsearch(Elasticsearch.Settings.forTests(directory.resolve("inside")))) {
      server.start();
      write(server, "kept");
      assertThat(read(server)).isEqualTo("kept");
    }
    assertThat(Files.getPosixFilePermissions(directory)).isEqualTo(Set.copyOf(PosixFilePermissions.fromString("rwx------")));
  }
}
