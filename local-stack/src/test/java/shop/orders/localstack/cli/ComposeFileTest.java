package shop.orders.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import shop.orders.localstack.server.ServerVersions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** docker-compose.yml is the local stack for those with Docker. There is no engine here: it is read, not run. */
class ComposeFileTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final String FILE = read(REPOSITORY.resolve("docker-compose.yml"));

  @TempDir Path state;

  @Test
  void file_isOfTheComposeSchema() {
    assertThat(errors(FILE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"healthcheck:", "mem_limit:", "dockerfile_inline:", "condition: service_healthy", "volumes:"})
  void misspelledWord_isNotOfTheSchema(String word) {
    assertThat(errors(FILE.replace(word, word.replaceFirst("e(?=[^e]*$)", "eh")))).as(word).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = PortName.class, mode = EnumSource.Mode.EXCLUDE, names = {"PARTNERS", "CASSANDRA_STORAGE", "KAFKA_CONTROLLER", "ELASTICSEARCH_TRANSPORT"})
  void namesAndPorts_areThoseOfTheLocalStack(PortName name) {
    var port = name.usual();
    assertThat(service(name).path("ports")).containsExactly(JSON.valueToTree("127.0.0.1:" + port + ":" + port));
  }

  @Test
  void services_areThoseOfTheLocalStackWithoutPartners_andOneThatMakesTheAccount() {
    var ours = stack().all().stream().map(each -> each.name()).filter(each -> !each.equals("partners"));
    assertThat(parsed(FILE).path("services").propertyNames())
        .containsExactlyInAnyOrderElementsOf(Stream.concat(ours, Stream.of("demo-account")).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cassandra", "kafka", "elasticsearch"})
  void image_hasTheVersionTheLocalStackRuns(String server) {
    assertThat(service(PortName.of(server)).path("image").asString()).endsWith(server + ":" + ServerVersions.of(server));
  }

  @Test
  void cassandra_syncsItsCommitLogAsTheLocalStackDoes() {
    var options = assertThat(service(PortName.CASSANDRA).path("environment").path("JVM_EXTRA_OPTS").asString().split(" "));
    options.contains("-Dcassandra.config.allow_system_properties=true");
    for (var setting : List.of("commitlog_sync", "commitlog_disk_access_mode")) options.contains("-Dcassandra.settings." + setting + "=" + cassandraYaml().get(setting));
  }

  @ParameterizedTest
  @EnumSource(names = {"ORDER_WORKFLOW_SERVICE", "ORDER_SEARCH_SERVICE"})
  void service_isToldWhatTheLocalStackTellsIt(PortName name) {
    var program = ((JavaProcess) stack().get(name)).program();
    var environment = service(name).path("environment");
    var told = program.arguments().stream()
        .map(each -> each.replaceFirst("^--([^=]*)=.*", "$1"))
        // Its address is the container's, and there is no stub provider to be asked every second.
        .filter(key -> !List.of("server.address", "server.port", "orders.workflow.antifraud-poll-every").contains(key))
        .map(ComposeFileTest::environmentVariable)
        .toList();
    assertThat(environment.propertyNames()).containsAll(told);
    assertThat(environment.path("JAVA_TOOL_OPTIONS").asString().split(" ")).containsAll(program.jvmOptions());
    assertThat(service(name).path("depends_on").propertyNames()).as("starts with Kafka and Elasticsearch absent").containsExactly("cassandra");
  }

  @Test
  void operatorAndKey_areThoseOfTheLocalStack() {
    assertThat(service(PortName.ORDER_WORKFLOW_SERVICE).path("environment").path("ORDERS_OPERATOR_TOKEN").asString())
        .startsWith("${ORDERS_OPERATOR_TOKEN:-");
    var account = parsed(FILE).path("services").path("demo-account").path("command").path(0).asString();
    assertThat(account).contains("put " + Stack.ACCOUNT + " ", "put " + Stack.ACCOUNT + "/keys/" + Secrets.USER_KEY + " ", "put " + Stack.CANARY_ACCOUNT + " ", "put " + Stack.CANARY_ACCOUNT + "/keys/" + Secrets.CANARY_KEY + " ");
    assertThat(service(PortName.ORDER_WORKFLOW_SERVICE).path("environment").path("ORDERS_CANARY_APP_KEY").asString()).isEqualTo(Secrets.CANARY_KEY);
  }

  @Test
  void frontDoor_isGivenItsFileAndAllItsValues() {
    var frontDoor = service(PortName.FRONT_DOOR);
    var mount = frontDoor.path("volumes").path(0).asString().split(":");
    var wanted = Pattern.compile("\\$\\{(\\w+)}").matcher(read(REPOSITORY.resolve(mount[0]))).results().map(each -> each.group(1)).toList();
    assertThat(frontDoor.path("environment").propertyNames()).containsAll(wanted);
    assertThat(frontDoor.path("environment").path("FRONT_DOOR_WORKFLOW").asString()).isEqualTo("order-workflow-service:8081");
    assertThat(frontDoor.path("environment").path("FRONT_DOOR_SEARCH").asString()).isEqualTo("order-search-service:8082");
  }

  @Test
  void everyImage_hasAVersion() {
    for (var service : parsed(FILE).path("services")) {
      assertThat(service.path("image").asString()).matches("orders/[a-z-]+:local|[a-z/]+:\\d+\\.\\d+\\.\\d+(-alpine)?");
    }
    assertThat(FILE).containsPattern("FROM maven:\\d\\S*-temurin-17 ").containsPattern("FROM eclipse-temurin:17\\.\\S*-jre\n");
  }

  private static List<Error> errors(String file) {
    try (var schema = ComposeFileTest.class.getResourceAsStream("compose-spec.json")) {
      // Its own id is relative, to whatever place it is read from.
      var place = SchemaLocation.of("classpath:/compose-spec.json");
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(place, JSON.readTree(schema)).validate(parsed(file));
    } catch (IOException e) {
      throw new AssertionError("compose-spec.json", e);
    }
  }

  private static Map<String, Object> cassandraYaml() {
    return new Yaml(new SafeConstructor(new LoaderOptions()))
        .load(read(REPOSITORY.resolve("local-stack/src/main/resources/shop/orders/localstack/server/cassandra.yaml")).replace("@", ""));
  }

  private static JsonNode service(PortName name) {
    return parsed(FILE).path("services").path(name.toString());
  }

  /** Anchors and merges resolved. */
  private static JsonNode parsed(String file) {
    return JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).<Map<String, Object>>load(file));
  }

  /** As Spring Boot reads a key from the environment. */
  private static String environmentVariable(String key) {
    return Arrays.stream(key.split("\\.")).map(each -> each.replace("-", "_").toUpperCase(Locale.ROOT)).collect(Collectors.joining("_"));
  }

  private Stack stack() {
    var home = new Home(REPOSITORY, state);
    return new Stack(home, PortPlan.of(Map.of(), 0, Map.of(), new Properties()), Secrets.of(home), 30);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }
}
