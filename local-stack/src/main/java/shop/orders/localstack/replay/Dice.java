package shop.orders.localstack.replay;

import java.util.List;
import java.util.Random;

/** Chance that comes out the same for the same seeds: {@link Random}'s sequence is part of its contract. */
public final class Dice {
  private final Random random;

  /** Two numbers, so that the dice of neighbouring orders have nothing in common. */
  public Dice(long seed, long number) {
    random = new Random(mixed(seed * 0x9E3779B97F4A7C15L + number));
  }

  /** Finisher of SplitMix64: Random alone starts alike from seeds that are alike. */
  private static long mixed(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** From {@code least} to {@code most}, both included. */
  public int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /** 0 to 1, 1 excluded. */
  public double share() {
    return random.nextDouble();
  }

  public boolean chance(double share) {
    return share() < share;
  }

  public <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** From {@code least} to {@code most}, small numbers as likely as large ones ten times as many. */
  public int skewed(int least, int most) {
    double ratio = (most + 1.0) / least;
    return Math.min(most, (int) (least * Math.pow(ratio, share())));
  }

  public String digits(int count) {
    return chars(count, "0123456789");
  }

  /** Lower case. */
  public String hex(int count) {
    return chars(count, "0123456789abcdef");
  }

  private String chars(int count, String alphabet) {
    var text = new StringBuilder(count);
    for (int i = 0; i < count; i++) text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    return text.toString();
  }
}
