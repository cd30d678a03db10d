package shop.orders.localstack.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import shop.orders.localstack.frontdoor.FrontDoor;
import shop.orders.localstack.partners.Partners;
import shop.orders.localstack.server.Cassandra;
import shop.orders.localstack.server.Elasticsearch;
import shop.orders.localstack.server.Kafka;
import shop.orders.localstack.server.RunningServer;

/** Every process of the local stack, by name. */
final class Stack {
  static final String ACCOUNT = "demo";
  static final String CANARY_ACCOUNT = "canary";
  private static final String VERSION = "0.1.0-SNAPSHOT";
  private static final String CANARY_EVERY = "canary.every";

  private final PortPlan ports;
  private final int canaryEvery;
  private final Map<String, RunningServer> processes = new LinkedHashMap<>();

  /** @param canaryEvery seconds from one test order of the services to the next, 0 for none */
  Stack(Home home, PortPlan ports, Secrets secrets, int canaryEvery) {
    this.ports = ports;
    this.canaryEvery = canaryEvery;
    add(new Cassandra(new Cassandra.Settings(
        home.of("cassandra"), ports.of(PortName.CASSANDRA), ports.of(PortName.CASSANDRA_STORAGE), 768, false, false)));
    add(new Kafka(new Kafka.Settings(home.of("kafka"), ports.of(PortName.KAFKA), ports.of(PortName.KAFKA_CONTROLLER), 384, false, false)));
    // Search is deployed apart so that it takes nothing from the workflow. Here both share a machine, and so it yields.
    add(new Elasticsearch(new Elasticsearch.Settings(
        home.of("elasticsearch"), ports.of(PortName.ELASTICSEARCH), ports.of(PortName.ELASTICSEARCH_TRANSPORT), 1024, false, false, true)));
    // The stub provider decides within seconds; the usual two hours are for people.
    add(service(home, PortName.ORDER_WORKFLOW_SERVICE, secrets, List.of("--orders.workflow.antifraud-poll-every=1s")));
    add(service(home, PortName.ORDER_SEARCH_SERVICE, secrets,
        List.of("--spring.elasticsearch.uris=http://" + ports.address(PortName.ELASTICSEARCH))));
    add(partners(home, secrets));
    add(frontDoor(home));
  }

  /** As the last {@code up} made it. */
  static Stack kept(Home home) {
    var kept = home.settings();
    return new Stack(home, PortPlan.of(Map.of(), 0, Map.of(), kept), Secrets.of(home), Integer.parseInt(kept.getProperty(CANARY_EVERY, "0")));
  }

  /** What {@link #kept} goes by. */
  Properties settings() {
    var settings = ports.toProperties();
    settings.setProperty(CANARY_EVERY, Integer.toString(canaryEvery));
    return settings;
  }

  boolean hasCanary() {
    return canaryEvery > 0;
  }

  PortPlan ports() {
    return ports;
  }

  /** In the order they are shown in. */
  List<RunningServer> all() {
    return List.copyOf(processes.values());
  }

  List<RunningServer> running() {
    return all().stream().filter(each -> each.process().pid().isPresent()).toList();
  }

  /** @throws Refused if there is none of this name; the message lists all */
  RunningServer get(String name) {
    var process = processes.get(name);
    if (process == null) throw new Refused("no process is called " + name + "; there are " + String.join(", ", processes.keySet()));
    return process;
  }

  RunningServer get(PortName name) {
    return get(name.toString());
  }

  /** The main port of a process. */
  int port(RunningServer process) {
    return ports.of(PortName.of(process.name()));
  }

  URI uri(PortName name) {
    return URI.create("http://" + ports.address(name));
  }

  private void add(RunningServer process) {
    processes.put(process.name(), process);
  }

  private JavaProcess service(Home home, PortName name, Secrets secrets, List<String> more) {
    var jar = home.root().resolve(Path.of(name.toString(), "target", name + "-" + VERSION + ".jar"));
    var arguments = Stream.concat(
            Stream.of(
                "--server.address=127.0.0.1",
                "--server.port=" + ports.of(name),
                "--spring.cassandra.contact-points=" + ports.address(PortName.CASSANDRA),
                "--spring.cassandra.local-datacenter=datacenter1",
                "--spring.kafka.bootstrap-servers=" + ports.address(PortName.KAFKA),
                "--orders.store.keyspace=orders"),
            Stream.concat(more.stream(), canary()))
        .toList();
    var ready = uri(name).resolve("/actuator/health/readiness");
    return new JavaProcess(new JavaProcess.Program(
        name.toString(), home.of(name.toString()), new Code.BootJar(jar), List.of("-Xmx512m", "-XX:+UseParallelGC"), arguments,
        Map.of("ORDERS_OPERATOR_TOKEN", secrets.operator(), "ORDERS_CANARY_APP_TOKEN", hasCanary() ? secrets.canary() : ""), ready, ready, 200,
        name == PortName.ORDER_SEARCH_SERVICE));
  }

  private Stream<String> canary() {
    if (!hasCanary()) return Stream.empty();
    return Stream.of("--orders.canary.url=" + uri(PortName.FRONT_DOOR), "--orders.canary.app-key=" + Secrets.CANARY_KEY, "--orders.canary.every=" + canaryEvery + "s");
  }

  private JavaProcess partners(Home home, Secrets secrets) {
    var at = uri(PortName.PARTNERS);
    return new JavaProcess(new JavaProcess.Program(
        PortName.PARTNERS.toString(), home.of(PortName.PARTNERS.toString()), new Code.MainClass(Partners.class),
        List.of("-Xmx192m", "-XX:+UseSerialGC"),
        List.of("--port", Integer.toString(at.getPort()), "--url", uri(PortName.FRONT_DOOR).toString(), "--account", ACCOUNT,
            "--erp-key", Secrets.ERP_KEY, "--carrier-key", Secrets.CARRIER_KEY),
        Map.of("PARTNERS_ERP_TOKEN", secrets.erp(), "PARTNERS_CARRIER_TOKEN", secrets.carrier()),
        at.resolve("/health"), at.resolve("/health/live"), 200, false));
  }

  private JavaProcess frontDoor(Home home) {
    // It has no page of its own; what it does not pass on it answers itself.
    var own = uri(PortName.FRONT_DOOR).resolve("/operator");
    return new JavaProcess(new JavaProcess.Program(
        PortName.FRONT_DOOR.toString(), home.of(PortName.FRONT_DOOR.toString()), new Code.MainClass(FrontDoor.class),
        List.of("-Xmx192m", "-XX:+UseSerialGC"),
        List.of("--port", Integer.toString(own.getPort()), "--workflow", uri(PortName.ORDER_WORKFLOW_SERVICE).toString(),
            "--search", uri(PortName.ORDER_SEARCH_SERVICE).toString()),
        Map.of(), own, own, 404, false));
  }
}
