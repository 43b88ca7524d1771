package org.knockon.oracle;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.knockon.oracle", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knowsTheVocabularyAndNoneOfTheRules = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.knockon.oracle..", "org.knockon.impact.model")
            .because("two programs that share a rule share its mistakes");

    @ArchTest
    static final ArchRule neverAsksTheWallClock = noClasses()
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("time is an argument");

    @ArchTest
    static final ArchRule theJudgeKnowsNoWorlds = noClasses()
            .that()
            .resideInAPackage("org.knockon.oracle")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.knockon.oracle.worlds");
}
