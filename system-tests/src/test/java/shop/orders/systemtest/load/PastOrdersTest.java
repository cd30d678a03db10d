package shop.orders.systemtest.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import shop.orders.model.OrderStatus;
import shop.orders.store.ExactJson;
import shop.orders.systemtest.load.PastOrders.PastOrderImport;

/** On 10,000 orders of three years. */
class PastOrdersTest {
  private static final LocalDate UNTIL = LocalDate.parse("2026-11-24");
  private static final PastOrders ORDERS = new PastOrders(1, UNTIL, 3, new Shops(50));
  private static List<Brief> briefs;

  /** What the tests look at of an order. */
  private record Brief(String account, String orderId, OrderStatus status, Instant created, int lines, boolean delivered) {
    LocalDate day() {
      return LocalDate.ofInstant(created, SalesCalendar.ZONE);
    }

    int hour() {
      return created.atOffset(SalesCalendar.ZONE).getHour();
    }
  }

  @BeforeAll
  static void make() {
    briefs = LongStream.range(0, 10_000).parallel().mapToObj(number -> brief(ORDERS.order(number))).toList();
  }

  private static Brief brief(PastOrderImport made) {
    var order = made.order();
    var delivered = order.change().packages().stream().anyMatch(one -> one.delivered() != null);
    return new Brief(made.key().account(), made.key().orderId(), order.status(), order.change().createdAt(), order.document().items().size(), delivered);
  }

  @Test
  void order_isTheSameForTheSameNumber_andNoTwoShareAnId() {
    assertThat(ORDERS.order(4711)).usingRecursiveComparison().isEqualTo(new PastOrders(1, UNTIL, 3, new Shops(50)).order(4711));
    assertThat(new PastOrders(2, UNTIL, 3, new Shops(50)).order(4711).key()).isNotEqualTo(ORDERS.order(4711).key());
    assertThat(briefs).extracting(Brief::orderId).doesNotHaveDuplicates();
  }

  @Test
  void document_isWhatTheStoreGivesBack() {
    for (long number = 0; number < 50; number++) {
      var fields = ORDERS.order(number).order().document().fields();
      assertThat(ExactJson.tree(ExactJson.bytes(fields))).isEqualTo(fields);
    }
  }

  @Test
  void accounts_areOneBigAndManySmall() {
    var sizes = briefs.stream().collect(Collectors.groupingBy(Brief::account, Collectors.counting()));
    assertThat(share(brief -> brief.account().equals("demo"))).isBetween(0.22, 0.33);
    assertThat(sizes).hasSize(50);
    assertThat(sizes.get("shop-002")).isGreaterThan(3 * sizes.get("shop-010"));
    assertThat(sizes.get("shop-010")).isGreaterThan(2 * sizes.get("shop-050"));
  }

  @Test
  void dates_areWithinTheThreeYears_andThereIsGrowth() {
    assertThat(briefs).allMatch(brief -> !brief.day().isBefore(UNTIL.minusYears(3)) && brief.day().isBefore(UNTIL));
    double first = share(brief -> brief.day().isBefore(UNTIL.minusYears(2)));
    double last = share(brief -> !brief.day().isBefore(UNTIL.minusYears(1)));
    assertThat(last / first).isBetween(1.5, 1.9);
  }

  @Test
  void weekendsAndNights_areQuiet() {
    double weekend = share(brief -> brief.day().getDayOfWeek() == DayOfWeek.SATURDAY || brief.day().getDayOfWeek() == DayOfWeek.SUNDAY);
    assertThat(weekend).isBetween(0.20, 0.27);
    assertThat(share(brief -> brief.hour() < 6)).isBetween(0.04, 0.09);
    assertThat(share(brief -> brief.hour() >= 9 && brief.hour() < 22)).isBetween(0.72, 0.84);
  }

  @Test
  void blackFriday_isManyTimesAnOrdinaryDay() {
    double ordinary = briefs.size() / (double) ChronoUnit.DAYS.between(UNTIL.minusYears(3), UNTIL);
    var fridays = List.of(SalesCalendar.blackFriday(2023), SalesCalendar.blackFriday(2024), SalesCalendar.blackFriday(2025));
    assertThat(fridays).containsExactly(LocalDate.parse("2023-11-24"), LocalDate.parse("2024-11-29"), LocalDate.parse("2025-11-28"));
    long sold = briefs.stream().filter(brief -> fridays.contains(brief.day())).count();
    assertThat(sold / 3 / ordinary).isBetween(3.5, 7.5);
    assertThat(SalesCalendar.season(LocalDate.parse("2025-05-10"))).as("the day before mothers' day").isGreaterThan(1.5);
    assertThat(SalesCalendar.season(LocalDate.parse("2025-07-10"))).isEqualTo(1);
  }

  @Test
  void lines_areFewInMostOrders_andHundredsInSome() {
    assertThat(share(brief -> brief.lines() == 1)).isCloseTo(0.65, within(0.02));
    assertThat(briefs.stream().mapToInt(Brief::lines).average().orElseThrow()).isBetween(1.7, 2.5);
    assertThat(share(brief -> brief.lines() > 20)).isBetween(0.001, 0.005);
    assertThat(briefs).allMatch(brief -> brief.lines() <= 500 || brief.lines() == 2_000).anyMatch(brief -> brief.lines() > 100);
  }

  @Test
  void oldOrders_areAtTheirEnd_newOnesAnywhere() {
    var old = briefs.stream().filter(brief -> brief.day().isBefore(UNTIL.minusDays(30))).toList();
    assertThat(old).extracting(Brief::status).containsOnly(OrderStatus.INVOICED, OrderStatus.CANCELED);
    assertThat(old.stream().filter(brief -> brief.status() == OrderStatus.CANCELED).count() / (double) old.size()).isBetween(0.04, 0.075);
    assertThat(old.stream().filter(Brief::delivered).count() / (double) old.size()).isBetween(0.92, 0.96);

    var newest = new PastOrders(1, UNTIL, 1, new Shops(1));
    Map<OrderStatus, Long> statuses = LongStream.range(0, 40_000).mapToObj(newest::order).map(PastOrdersTest::brief)
        .filter(brief -> !brief.day().isBefore(UNTIL.minusDays(3))).collect(Collectors.groupingBy(Brief::status, Collectors.counting()));
    assertThat(statuses).containsKeys(OrderStatus.PAYMENT_PENDING, OrderStatus.READY_FOR_HANDLING, OrderStatus.HANDLING, OrderStatus.INVOICED);
  }

  private static double share(Predicate<Brief> wanted) {
    return briefs.stream().filter(wanted).count() / (double) briefs.size();
  }
}
