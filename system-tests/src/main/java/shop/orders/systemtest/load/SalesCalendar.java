package shop.orders.systemtest.load;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import shop.orders.localstack.replay.Dice;

/** When a Brazilian shop sells: more each year, less at weekends and by night, far more on Black Friday and before the days of presents. */
final class SalesCalendar {
  /** All year round. */
  static final ZoneOffset ZONE = ZoneOffset.ofHours(-3);

  private static final double GROWTH_A_YEAR = 1.3;

  /** Monday first. */
  private static final double[] WEEKDAYS = {1.15, 1.12, 1.08, 1.05, 1.02, 0.78, 0.80};

  /** Of the day, midnight first. */
  private static final double[] HOURS = {
    2.4, 1.3, 0.8, 0.5, 0.5, 0.7, 1.4, 2.6, 4.0, 5.2, 6.2, 6.3, 5.9, 6.2, 6.4, 6.3, 6.2, 5.8, 5.6, 5.7, 6.0, 6.1, 5.3, 4.0
  };

  private final LocalDate first;
  private final double[] days;
  private final double[] hours = summed(HOURS);

  /** @param until the first day without orders */
  SalesCalendar(LocalDate until, int years) {
    first = until.minusYears(years);
    var weights = new double[(int) ChronoUnit.DAYS.between(first, until)];
    for (int i = 0; i < weights.length; i++) {
      var day = first.plusDays(i);
      weights[i] = Math.pow(GROWTH_A_YEAR, i / 365.25) * WEEKDAYS[day.getDayOfWeek().ordinal()] * season(day);
    }
    days = summed(weights);
  }

  /** To the millisecond. */
  Instant any(Dice dice) {
    var day = first.plusDays(place(days, dice.share()));
    var hour = day.atTime(place(hours, dice.share()), 0).toInstant(ZONE);
    return hour.plusMillis((long) (dice.share() * Duration.ofHours(1).toMillis()));
  }

  /** How many times an ordinary day. */
  static double season(LocalDate day) {
    var blackFriday = blackFriday(day.getYear());
    long fromBlackFriday = ChronoUnit.DAYS.between(blackFriday, day);
    if (fromBlackFriday == 0) return 6;
    if (fromBlackFriday == -1 || fromBlackFriday == 1 || fromBlackFriday == 3) return 3;
    if (fromBlackFriday == 2) return 2.2;
    if (fromBlackFriday >= -7 && fromBlackFriday < 0) return 1.4;
    if (day.getMonth() == Month.DECEMBER) return day.getDayOfMonth() <= 20 ? 1.4 : day.getDayOfMonth() <= 23 ? 0.9 : 0.6;
    if (day.getMonth() == Month.MARCH && day.getDayOfMonth() == 15) return 2; // consumer day
    if (isWithin(10, day, secondSunday(day.getYear(), Month.MAY))) return 1.6; // mothers
    if (isWithin(7, day, LocalDate.of(day.getYear(), Month.JUNE, 12))) return 1.3; // lovers
    if (isWithin(8, day, secondSunday(day.getYear(), Month.AUGUST))) return 1.3; // fathers
    if (isWithin(8, day, LocalDate.of(day.getYear(), Month.OCTOBER, 12))) return 1.3; // children
    return 1;
  }

  static LocalDate blackFriday(int year) {
    return LocalDate.of(year, Month.NOVEMBER, 1).with(TemporalAdjusters.dayOfWeekInMonth(4, DayOfWeek.THURSDAY)).plusDays(1);
  }

  private static LocalDate secondSunday(int year, Month month) {
    return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(2, DayOfWeek.SUNDAY));
  }

  /** What is given as a present is bought some days before. */
  private static boolean isWithin(int days, LocalDate day, LocalDate present) {
    long before = ChronoUnit.DAYS.between(day, present);
    return before >= 1 && before <= days;
  }

  private static double[] summed(double[] weights) {
    var sums = weights.clone();
    Arrays.parallelPrefix(sums, Double::sum);
    return sums;
  }

  private static int place(double[] sums, double share) {
    int found = Arrays.binarySearch(sums, share * sums[sums.length - 1]);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
