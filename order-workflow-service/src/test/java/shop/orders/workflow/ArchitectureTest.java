package shop.orders.workflow;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "shop.orders.workflow", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule kafkaStaysWithThePublisher =
      noClasses().that().resideOutsideOfPackage("..workflow.publish..")
          .should().dependOnClassesThat().resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..")
          .because("nothing else may ever wait for Kafka");

  @ArchTest
  static final ArchRule nobodyWaitsForThePublisher =
      classes().that().resideInAPackage("..workflow.publish..")
          .should().onlyHaveDependentClassesThat().resideInAPackage("..workflow.publish..")
          .because("publishing is a cursor behind the log, not a step of anything");

  @ArchTest
  static final ArchRule searchIsFarAway =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("co.elastic..", "org.elasticsearch..", "shop.orders.search..")
          .because("search must not be able to stop workflow");

  @ArchTest
  static final ArchRule cqlStaysInTheStore =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("com.datastax..", "org.springframework.data.cassandra..", "shop.orders.store.cassandra..")
          .because("the ports say what can be relied on");

  @ArchTest
  static final ArchRule jsonataStaysWithItsBudget =
      noClasses().that().resideOutsideOfPackage("..workflow.expression..")
          .should().dependOnClassesThat().resideInAnyPackage("com.dashjoin..")
          .because("an expression that is evaluated elsewhere can be endless");

  @ArchTest
  static final ArchRule featuresHaveNoCycles = slices().matching("shop.orders.workflow.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule timeIsPassedIn =
      noClasses().should().callMethod(Instant.class, "now").because("tests move the clock");
}
