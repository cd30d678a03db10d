package shop.orders.localstack.cli;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;

/** Where the local stack's servers listen, for commands of other modules: as {@code ./oms up} kept it, or as usual. */
public record Addresses(InetSocketAddress cassandra, InetSocketAddress kafka, URI elasticsearch, URI frontDoor, URI workflow, URI search) {
  /** Those of the stack below the directory in system property {@code oms.home}. */
  public static Addresses ofThisStack() {
    var ports = PortPlan.of(Map.of(), 0, System.getenv(), Home.current().settings());
    return new Addresses(
        new InetSocketAddress("127.0.0.1", ports.of(PortName.CASSANDRA)),
        new InetSocketAddress("127.0.0.1", ports.of(PortName.KAFKA)),
        URI.create("http://" + ports.address(PortName.ELASTICSEARCH)),
        URI.create("http://" + ports.address(PortName.FRONT_DOOR)),
        URI.create("http://" + ports.address(PortName.ORDER_WORKFLOW_SERVICE)),
        URI.create("http://" + ports.address(PortName.ORDER_SEARCH_SERVICE)));
  }
}
