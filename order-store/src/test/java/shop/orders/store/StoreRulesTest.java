package shop.orders.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "shop.orders.store", importOptions = ImportOption.DoNotIncludeTests.class)
class StoreRulesTest {
  @ArchTest
  static final ArchRule cqlStaysInItsPackage =
      noClasses()
          .that().resideOutsideOfPackage("shop.orders.store.cassandra..")
          .should().dependOnClassesThat().resideInAnyPackage("com.datastax..", "org.springframework.data.cassandra..", "org.springframework.boot.cassandra..")
          .because("whoever wants orders asks a port; only so does every write keep the rules");

  @ArchTest
  static final ArchRule portsKnowNoStore =
      noClasses()
          .that().resideInAPackage("shop.orders.store")
          .should().dependOnClassesThat().resideInAPackage("shop.orders.store.cassandra..")
          .because("the in-memory twin stands behind the same ports");

  @ArchTest
  static final ArchRule adaptersAreNotSeen =
      classes()
          .that().resideInAPackage("shop.orders.store.cassandra..").and().haveSimpleNameStartingWith("Cassandra").and().haveSimpleNameNotEndingWith("Stores")
          .should().bePackagePrivate()
          .because("a service that holds one could go around its port");

  @ArchTest
  static final ArchRule timeIsPassedIn =
      noClasses().should().callMethod(Instant.class, "now").orShould().callMethod(Clock.class, "systemDefaultZone").because("a test must be able to move it");

  /** A statement's beginning, in a string of Java code. */
  private static final Pattern CQL = Pattern.compile("\"\\s*(SELECT\\s.+\\sFROM|INSERT INTO|UPDATE\\s+\\S+\\s+(SET|USING)|DELETE\\s.*FROM|BEGIN BATCH|CREATE (TABLE|KEYSPACE))\\b");

  private static final Pattern WRITES_ORDERS = Pattern.compile("\"\\s*(INSERT INTO|UPDATE|DELETE FROM)\\s+\\{keyspace}\\.orders\\b");

  @Test
  void cql_standsInOnePackage() throws IOException {
    assertThat(sourcesWith(CQL))
        .isNotEmpty()
        .filteredOn(file -> !file.toString().contains("/shop/orders/systemtest/bench/")) // the bare driver the product is measured against
        .allSatisfy(file -> assertThat(file.toString()).contains("/order-store/src/main/java/shop/orders/store/cassandra/"));
  }

  @Test
  void orders_areWrittenInOneClass() throws IOException {
    assertThat(sourcesWith(WRITES_ORDERS)).extracting(file -> file.getFileName().toString()).containsExactly("OrderBatch.java");
  }

  /** Main sources of every module. */
  private static List<Path> sourcesWith(Pattern pattern) throws IOException {
    try (var files = Files.walk(Path.of("").toAbsolutePath().getParent())) {
      return files
          .filter(file -> file.toString().contains("/src/main/java/") && file.toString().endsWith(".java"))
          .filter(file -> pattern.matcher(read(file)).find())
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
