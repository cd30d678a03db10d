package shop.orders.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "shop.orders", importOptions = ImportOption.DoNotIncludeTests.class)
class ModelRulesTest {
  @ArchTest
  static final ArchRule modelIsPlainJava =
      classes()
          .should().onlyDependOnClassesThat().resideInAnyPackage("shop.orders.model..", "java..", "org.jspecify..", "com.fasterxml.jackson.annotation..")
          .because("every module, and every event ever written, depends on it");

  @ArchTest
  static final ArchRule timeIsPassedIn = noClasses().should().callMethod(Instant.class, "now").because("deciding twice must decide the same");
}
