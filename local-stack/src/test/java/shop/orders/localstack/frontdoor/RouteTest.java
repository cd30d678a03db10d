package shop.orders.localstack.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class RouteTest {
  @ParameterizedTest
  @CsvFileSource(resources = "routes.csv", numLinesToSkip = 1)
  void route_isDecidedByMethodAndPath(String method, String path, Route expected) {
    assertThat(Route.of(method, path)).isEqualTo(expected);
  }
}
