package shop.orders.web.status;

import java.time.Duration;
import java.util.Locale;

/** What merchants use, each apart from the others. */
enum Capability {
  INTAKE("Order intake", 10),
  WORKFLOW("Order processing", 10),
  FEED("The ERP feed", 10),
  HOOKS("Hooks", 10),
  LOOKUP("Looking up orders by id", 10),
  SEARCH("Search", 240),
  EXPORT("Export", 240);

  final String subject;

  /** Within which it is to be back. */
  final Duration objective;

  Capability(String subject, int objectiveMinutes) {
    this.subject = subject;
    this.objective = Duration.ofMinutes(objectiveMinutes);
  }

  /** As the API says it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether this version has it. */
  boolean isOffered() {
    return this != HOOKS && this != EXPORT;
  }

  /** In the middle of a sentence. */
  String subjectInside() {
    return subject.substring(0, 1).toLowerCase(Locale.ROOT) + subject.substring(1);
  }
}
