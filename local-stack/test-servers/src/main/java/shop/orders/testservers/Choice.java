package shop.orders.testservers;

import java.util.Map;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Which servers tests run on.
 *
 * @param why for the person who reads the test run
 */
record Choice(Kind kind, String why) {
  static final String PROPERTY = "test.servers";
  static final String VARIABLE = "TEST_SERVERS";

  enum Kind {TESTCONTAINERS, LOCAL_STACK}

  static Choice current() {
    return of(wanted(System.getProperties(), System.getenv()), Engine::answers);
  }

  /** The property wins over the variable; blank counts as not said. */
  static String wanted(Properties properties, Map<String, String> environment) {
    return Stream.of(properties.getProperty(PROPERTY, ""), environment.getOrDefault(VARIABLE, ""))
        .map(String::strip)
        .filter(said -> !said.isEmpty())
        .findFirst()
        .orElse("auto");
  }

  /**
   * @param engineAnswers asked only where it matters: looking for an engine takes a second
   * @throws IllegalStateException if containers are wanted and there is no engine, or the word is not known
   */
  static Choice of(String wanted, BooleanSupplier engineAnswers) {
    return switch (wanted) {
      case "local-stack" -> new Choice(Kind.LOCAL_STACK, "it was asked for");
      case "testcontainers" -> {
        if (!engineAnswers.getAsBoolean()) {
          throw new IllegalStateException(
              "testcontainers was asked for by " + PROPERTY + " or " + VARIABLE + ", but no Docker engine answers here: start one, or ask for auto");
        }
        yield new Choice(Kind.TESTCONTAINERS, "it was asked for");
      }
      case "auto" -> engineAnswers.getAsBoolean()
          ? new Choice(Kind.TESTCONTAINERS, "a Docker engine answers")
          : new Choice(Kind.LOCAL_STACK, "no Docker engine answers");
      default -> throw new IllegalStateException(PROPERTY + " must be auto, testcontainers or local-stack: " + wanted);
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case TESTCONTAINERS -> "servers for tests: Testcontainers, as " + why;
      case LOCAL_STACK -> "servers for tests: local-stack, processes from Maven artifacts, as " + why;
    };
  }
}
