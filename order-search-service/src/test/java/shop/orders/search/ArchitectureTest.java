package shop.orders.search;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;

@AnalyzeClasses(packages = "shop.orders.search", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule elasticsearchStaysInTheIndex =
      noClasses()
          .that().resideOutsideOfPackage("..search.index..")
          .should().dependOnClassesThat().resideInAnyPackage("co.elastic..", "org.apache.hc..", "org.springframework.boot.elasticsearch..")
          .because("what the index is made of may change; what is asked of it may not");

  @ArchTest
  static final ArchRule kafkaStaysInIngest =
      noClasses()
          .that().resideOutsideOfPackage("..search.ingest..")
          .should().dependOnClassesThat().resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..")
          .because("rebuild, repair and lists work without Kafka");

  @ArchTest
  static final ArchRule cqlStaysInTheStore =
      noClasses()
          .should().dependOnClassesThat().resideInAnyPackage("com.datastax..", "org.springframework.data.cassandra..", "..store.cassandra..")
          .because("orders are read through the store's ports");

  @ArchTest
  static final ArchRule requestsAreNotCanceled =
      noClasses()
          .that().resideInAPackage("..search.index..")
          .should().callMethod(CompletableFuture.class, "cancel", boolean.class)
          .because("Elasticsearch's client dies of a request that two of its threads give up at once, now and then");

  @ArchTest static final ArchRule featuresHaveNoCycles = slices().matching("shop.orders.search.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule timeIsPassedIn =
      noClasses()
          .should().callMethod(Instant.class, "now")
          .orShould().callMethod(LocalDate.class, "now")
          .orShould().callMethod(LocalDateTime.class, "now")
          .orShould().callMethod(OffsetDateTime.class, "now")
          .orShould().callMethod(System.class, "currentTimeMillis")
          .because("a test must be able to move the clock");
}
