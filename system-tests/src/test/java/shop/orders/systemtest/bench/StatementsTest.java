package shop.orders.systemtest.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StatementsTest {
  private static final String METRICS = """
      # HELP orders_store_statements_total Statements sent to Cassandra
      # TYPE orders_store_statements_total counter
      orders_store_statements_total{kind="conditional"} 12.0
      orders_store_statements_total{application="w",kind="serial-read"} 1.5E3
      orders_store_other_total{kind="write"} 9.0
      """;

  @Test
  void metrics_areReadByKind() {
    assertThat(Statements.parse(METRICS)).isEqualTo(new Statements(Map.of("conditional", 12.0, "serial-read", 1500.0)));
  }

  @Test
  void metricsWithoutTheCounters_areRefused() {
    assertThatThrownBy(() -> Statements.parse("jvm_threads 3.0\n")).isInstanceOf(IllegalStateException.class).hasMessageContaining("orders_store_statements_total");
  }

  @Test
  void idleStatements_areTakenOffByTheSecond() {
    var sent = new Statements(Map.of("read", 130.0)).minus(new Statements(Map.of("read", 3.0)).times(10));
    assertThat(sent.of("read")).isEqualTo(100.0);
    assertThat(sent.of("write")).isZero();
  }
}
