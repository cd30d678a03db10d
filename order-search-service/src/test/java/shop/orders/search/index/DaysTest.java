package shop.orders.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DaysTest {
  private static final LocalDate FIRST = LocalDate.parse("2017-01-01");
  private static final LocalDate LAST = LocalDate.parse("2017-03-31");

  @Test
  void divided_hasEveryDayOnce() {
    for (var from : Arrays.asList(null, FIRST.minusDays(9), FIRST, FIRST.plusDays(40), LAST, LAST.plusDays(5))) {
      for (var to : Arrays.asList(null, FIRST.minusDays(5), FIRST, FIRST.plusDays(41), LAST, LAST.plusDays(9))) {
        if (from != null && to != null && to.isBefore(from)) continue;
        var all = Days.of(from, to);
        var parts = smallest(all);
        for (@Nullable LocalDate day = FIRST.minusDays(20); day.isBefore(LAST.plusDays(20)); day = day.plusDays(1)) {
          var one = day;
          assertThat(parts.stream().filter(part -> holds(part, one)).count()).as("%s in %s", day, all).isEqualTo(holds(all, day) ? 1 : 0);
        }
        assertThat(parts.stream().filter(Days::undated).count()).as("%s", all).isEqualTo(from == null && to == null ? 1 : 0);
      }
    }
  }

  @Test
  void daysOfTheIndex_areDividedUntilEachIsAlone() {
    var parts = smallest(Days.of(null, null));
    assertThat(parts).hasSize(90 + 3).contains(Days.of(FIRST, FIRST), Days.of(LAST, LAST), Days.of(null, FIRST.minusDays(1)), Days.of(LAST.plusDays(1), null));
  }

  private static List<Days> smallest(Days days) {
    var parts = days.divided(FIRST, LAST);
    if (parts.isEmpty()) return List.of(days);
    var all = new ArrayList<Days>();
    parts.forEach(part -> all.addAll(smallest(part)));
    return all;
  }

  private static boolean holds(Days days, LocalDate day) {
    return !days.undated() && (days.from() == null || !day.isBefore(days.from())) && (days.to() == null || !day.isAfter(days.to()));
  }
}
