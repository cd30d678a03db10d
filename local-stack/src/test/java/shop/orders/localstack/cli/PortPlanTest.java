package shop.orders.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PortPlanTest {
  private final Properties nothingKept = new Properties();

  @Test
  void ports_areTheUsualOnes_whenNobodySaysOtherwise() {
    var plan = PortPlan.of(Map.of(), 0, Map.of(), nothingKept);
    assertThat(plan.ports()).containsEntry(PortName.FRONT_DOOR, 8080).containsEntry(PortName.ORDER_WORKFLOW_SERVICE, 8081)
        .containsEntry(PortName.ORDER_SEARCH_SERVICE, 8082).containsEntry(PortName.PARTNERS, 8090)
        .containsEntry(PortName.CASSANDRA, 9042).containsEntry(PortName.KAFKA, 9092).containsEntry(PortName.ELASTICSEARCH, 9200);
    assertThat(plan.ports()).hasSize(PortName.values().length);
  }

  @Test
  void option_winsOverEnvironment_thatOverKept() {
    var kept = new Properties();
    kept.setProperty("port.kafka", "3");
    kept.setProperty("port.cassandra", "3");
    kept.setProperty("port.front-door", "3");
    var plan = PortPlan.of(
        Map.of(PortName.KAFKA, 1), 0, Map.of("OMS_PORT_KAFKA", "2", "OMS_PORT_CASSANDRA", "2"), kept);
    assertThat(plan.of(PortName.KAFKA)).isEqualTo(1);
    assertThat(plan.of(PortName.CASSANDRA)).isEqualTo(2);
    assertThat(plan.of(PortName.FRONT_DOOR)).isEqualTo(3);
  }

  @Test
  void offset_movesAllPorts_alsoKeptOnes() {
    var kept = PortPlan.of(Map.of(), 100, Map.of(), nothingKept).toProperties();
    assertThat(PortPlan.of(Map.of(), 0, Map.of(), kept).of(PortName.KAFKA)).isEqualTo(9192);
    assertThat(PortPlan.of(Map.of(), 200, Map.of(), kept).of(PortName.KAFKA)).isEqualTo(9292);
  }

  @Test
  void samePortTwice_isRefused() {
    assertThatThrownBy(() -> PortPlan.of(Map.of(PortName.KAFKA, 9042), 0, Map.of(), nothingKept))
        .isInstanceOf(Refused.class).hasMessage("port 9042 is given to cassandra and kafka");
  }

  @Test
  void noNumberOrOutOfRange_isRefused() {
    assertThatThrownBy(() -> PortPlan.of(Map.of(PortName.KAFKA, 70_000), 0, Map.of(), nothingKept)).isInstanceOf(Refused.class);
    assertThatThrownBy(() -> PortPlan.of(Map.of(), 0, Map.of("OMS_PORT_KAFKA", "many"), nothingKept))
        .isInstanceOf(Refused.class).hasMessage("OMS_PORT_KAFKA is not a port: many");
  }
}
