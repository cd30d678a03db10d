package shop.orders.localstack.imports;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has become of the documents of a run so far. Safe for use by many threads. */
final class Tally {
  private static final int NAMED = 20;

  private final long startedAt = System.nanoTime();
  private final List<String> refusals = new ArrayList<>();
  private long taken;
  private long imported;
  private long unchanged;
  private long refused;
  private long unreadable;
  private long lastAnswerAt = startedAt;
  private boolean allTaken;
  private String trouble = "";
  private @Nullable String shutOut;

  /**
   * @param done answered for: imported, unchanged or refused
   * @param trouble what went wrong most recently; empty when the last answer went well
   */
  record Standing(long done, long refused, Duration elapsed, String trouble) {}

  synchronized void taken(int documents) {
    taken += documents;
  }

  synchronized void allTaken() {
    allTaken = true;
  }

  /** The source has something that cannot be sent; it was reported by itself. */
  synchronized void unreadable() {
    unreadable++;
  }

  /** @return true */
  synchronized boolean imported() {
    imported++;
    return answered();
  }

  /** @return true */
  synchronized boolean unchanged() {
    unchanged++;
    return answered();
  }

  /** @return true */
  synchronized boolean refused(SourceDocument document, String orderId, String reason) {
    refused++;
    if (refusals.size() < NAMED) refusals.add(document.where() + (orderId.isEmpty() ? "" : ", " + orderId) + ": " + reason);
    return answered();
  }

  synchronized void trouble(String what) {
    trouble = what;
  }

  /** The API will not have anything of this key, now or later. */
  synchronized void shutOut(String answer) {
    shutOut = answer;
  }

  synchronized Optional<String> shutOut() {
    return Optional.ofNullable(shutOut);
  }

  synchronized boolean finished() {
    return allTaken && done() == taken;
  }

  synchronized boolean stoodStillFor(Duration patience) {
    return System.nanoTime() - lastAnswerAt > patience.toNanos();
  }

  synchronized Standing standing() {
    return new Standing(done(), refused, elapsed(), trouble);
  }

  /** Every document of the source is in. */
  synchronized boolean complete() {
    return finished() && refused == 0 && unreadable == 0;
  }

  /** For people, several lines. */
  synchronized String report() {
    var text = new StringBuilder();
    var elapsed = elapsed();
    text.append(String.format(Locale.ROOT, "%d orders sent in %.1f s, %.1f per second: %d imported, %d unchanged, %d refused%n",
        done(), elapsed.toMillis() / 1e3, elapsed.isZero() ? 0.0 : done() * 1e9 / elapsed.toNanos(), imported, unchanged, refused));
    refusals.forEach(refusal -> text.append("  refused: ").append(refusal).append(System.lineSeparator()));
    if (refused > refusals.size()) text.append(String.format(Locale.ROOT, "  and %d more%n", refused - refusals.size()));
    if (unreadable > 0) text.append(String.format(Locale.ROOT, "%d times the source made no sense, see above%n", unreadable));
    if (!finished()) {
      text.append(String.format(Locale.ROOT, "given up, not everything was sent%s; the same command goes on from here%n", trouble.isEmpty() ? "" : " (" + trouble + ")"));
    }
    return text.toString();
  }

  private boolean answered() {
    trouble = "";
    lastAnswerAt = System.nanoTime();
    return true;
  }

  private long done() {
    return imported + unchanged + refused;
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }
}
