package shop.orders.localstack.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {
  @ParameterizedTest
  @CsvSource({
    "GET,  /api/oms/pvt/orders, SEARCH",
    "GET,  /api/oms/pvt/orders/, SEARCH",
    "HEAD, /api/oms/pvt/orders, SEARCH",
    "POST, /api/oms/pvt/orders, WORKFLOW",
    "GET,  /api/oms/pvt/orders/v1-01, WORKFLOW",
    "GET,  /api/oms/pvt/orders/order-group/v1, WORKFLOW",
    "GET,  /api/oms/user/orders, SEARCH",
    "GET,  /api/oms/user/orders/v1-01, WORKFLOW",
    "POST, /api/oms/user/orders, WORKFLOW",
    "POST, /api/orders/extendsearch/orders, SEARCH",
    "GET,  /api/orders/extendsearch/orders, WORKFLOW",
    "POST, /api/oms/pvt/admin/reports/completed, SEARCH",
    "GET,  /api/oms/pvt/admin/reports/, SEARCH",
    "GET,  /api/oms/pvt/admin/reportsx, WORKFLOW",
    "GET,  /api/orders/feed, WORKFLOW",
    "GET,  /admin/orders, SEARCH",
    "GET,  /, SEARCH",
    "PUT,  /operator/accounts/demo, NOWHERE",
    "PUT,  //operator/accounts/demo, NOWHERE",
    "GET,  /actuator/prometheus, NOWHERE",
    "GET,  /;x=1/actuator, NOWHERE",
    "GET,  /%61ctuator, NOWHERE",
    "GET,  /actuator;x, NOWHERE",
    "GET,  /api/../operator, REFUSED",
    "GET,  /api/%2e%2e/operator, REFUSED",
    "GET,  /api/..;x/operator, REFUSED",
    "GET,  /api/..%2Foperator, REFUSED",
    "GET,  /api/%zz, REFUSED",
    "GET,  /api/oms/pvt/orders/a%2Fb, WORKFLOW",
  })
  void route_isDecidedByMethodAndPath(String method, String path, Route expected) {
    assertThat(Route.of(method, path)).isEqualTo(expected);
  }
}
