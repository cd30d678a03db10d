package shop.orders.localstack.partners;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The course an analysis takes, known from its request: the same request always takes the same.
 *
 * @param first the answer to the request itself
 * @param last the answer in the end
 * @param polls after how many polls the answer is the last; at most one of the two waits is set
 * @param after after how long the answer is the last
 * @param byHook the provider tells the end of its own accord
 */
record Verdict(Status first, Status last, int polls, Duration after, boolean byHook) {
  enum Status {
    RECEIVED, APPROVED, DENIED, UNDEFINED;

    String json() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Words in the part of the buyer's e-mail before the at sign. */
  private static final List<String> WORDS = List.of("denied", "undefined", "received");

  /** Documents no person has, for buyers whose e-mail must stay as it is. */
  private static final Map<String, String> DOCUMENTS =
      Map.of("11111111111", "denied", "22222222222", "undefined", "33333333333", "received");

  /**
   * Approves at once, unless the buyer's e-mail or document asks for something else: "denied" denies at once, "undefined" never decides,
   * "received" is received and approved at a later poll.
   */
  static Verdict byBuyer(String email, String document, int approveAtPoll) {
    var mailbox = email.toLowerCase(Locale.ROOT).replaceFirst("@.*", "");
    var asked = WORDS.stream().filter(mailbox::contains).findFirst()
        .orElse(DOCUMENTS.getOrDefault(document.replaceAll("\\D", ""), ""));
    return switch (asked) {
      case "denied" -> atOnce(Status.DENIED);
      case "undefined" -> new Verdict(Status.UNDEFINED, Status.UNDEFINED, 0, Duration.ZERO, false);
      case "received" -> new Verdict(Status.RECEIVED, Status.APPROVED, approveAtPoll, Duration.ZERO, false);
      default -> atOnce(Status.APPROVED);
    };
  }

  /** The six ready-made tests of the protocol; ids that end otherwise are approved. */
  static Verdict bySuite(String id) {
    return switch (id.isEmpty() ? ' ' : id.charAt(id.length() - 1)) {
      case '1' -> new Verdict(Status.RECEIVED, Status.APPROVED, 1, Duration.ZERO, false);
      case '2' -> atOnce(Status.DENIED);
      case '3' -> new Verdict(Status.RECEIVED, Status.APPROVED, 0, Duration.ofSeconds(10), false);
      case '4' -> new Verdict(Status.RECEIVED, Status.DENIED, 0, Duration.ofSeconds(10), false);
      case '5' -> new Verdict(Status.RECEIVED, Status.APPROVED, 0, Duration.ofSeconds(1), true);
      case '6' -> new Verdict(Status.RECEIVED, Status.DENIED, 0, Duration.ofSeconds(1), true);
      default -> atOnce(Status.APPROVED);
    };
  }

  private static Verdict atOnce(Status status) {
    return new Verdict(status, status, 0, Duration.ZERO, false);
  }

  /**
   * @param pollsSoFar this one included; 0 for the request itself
   * @param age since the request
   */
  Status at(int pollsSoFar, Duration age) {
    if (first == last) return last;
    if (polls > 0) return pollsSoFar >= polls ? last : first;
    if (age.compareTo(after) >= 0) return last;
    return pollsSoFar == 0 || byHook ? first : Status.UNDEFINED;
  }
}
