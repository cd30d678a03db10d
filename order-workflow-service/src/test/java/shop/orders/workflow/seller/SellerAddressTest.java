package shop.orders.workflow.seller;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SellerAddressTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "http://s/api/fulfillment                              | 1    | http://s/api/fulfillment/pvt/orders/1/cancel?sc=1&affiliateId=DEMO",
      "http://s:8/                                           | 1    | http://s:8/pvt/orders/1/cancel?sc=1&affiliateId=DEMO",
      "http://s                                              | a/?b | http://s/pvt/orders/a%2F%3Fb/cancel?sc=1&affiliateId=DEMO",
      "http://s/api?an=strnov&affiliateId=SLR&sc=2           | 1    | http://s/api/pvt/orders/1/cancel?an=strnov&affiliateId=SLR&sc=2",
      "http://s/api/?an=strnov&affiliateid=SLR               | 1    | http://s/api/pvt/orders/1/cancel?an=strnov&affiliateid=SLR&sc=1",
      "http://s/a%20b/%7Bx%7D?k=%26%7By%7D#top               | ä    | http://s/a%20b/%7Bx%7D/pvt/orders/%C3%A4/cancel?k=%26%7By%7D&sc=1&affiliateId=DEMO",
      "http://s/ä?k=ö                                        | 1    | http://s/%C3%A4/pvt/orders/1/cancel?k=%C3%B6&sc=1&affiliateId=DEMO",
  })
  void thePathIsTheEndpoints_andItsOwnQueryCounts(URI endpoint, String theirs, String address) {
    assertThat(SellerAddress.of(endpoint, "/pvt/orders/{theirs}/cancel", theirs, "DEMO")).hasToString(address);
  }
}
