package shop.orders.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/** Whichever was chosen: what tests rely on. */
class TestServersIT {
  @Test
  void servers_areOfTheirKind_oneOfEachPerJvm() throws Exception {
    var cassandra = TestServers.cassandra();
    try (var session = CqlSession.builder().addContactPoint(cassandra.contactPoint()).withLocalDatacenter(cassandra.datacenter()).build()) {
      var version = session.execute("SELECT release_version FROM system.local").one().getString(0);
      assertThat(Images.CASSANDRA).endsWith(":" + version);
    }
    try (var admin = Admin.create(Map.of("bootstrap.servers", TestServers.kafka().bootstrapServers()))) {
      assertThat(admin.describeCluster().nodes().get()).hasSize(1);
      assertThat(admin.listTopics().names().get()).isEmpty();
    }
    var nodes = HttpRequest.newBuilder(TestServers.elasticsearch().uri().resolve("/_nodes?filter_path=nodes.*.version")).build();
    var version = HttpClient.newHttpClient().send(nodes, BodyHandlers.ofString()).body().replaceAll(".*\"version\":\"([^\"]*)\".*", "$1");
    assertThat(Images.ELASTICSEARCH).endsWith(":" + version);
    assertThat(TestServers.cassandra()).isSameAs(cassandra);
  }
}
