package shop.orders.localstack.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FrontDoorTest implements FrontDoorContract {
  @Override
  public Door open(int workflowPort, int searchPort) throws Exception {
    var server = FrontDoor.server(0, address(workflowPort), address(searchPort), Duration.ofSeconds(1));
    server.start();
    return new Door() {
      @Override
      public int port() {
        return server.getURI().getPort();
      }

      @Override
      public void close() throws Exception {
        server.stop();
      }
    };
  }

  @Override
  public String arrivesAs(String query, String encoded) {
    return encoded;
  }

  @Test
  void percentSignThatEncodesNothing_isEncoded() {
    assertThat(QueryText.encoded("f=100%&g=%zz&h=%20")).isEqualTo("f=100%25&g=%25zz&h=%20");
  }

  private static URI address(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
