package org.knockon.schemas;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Dependencies of this module and between its packages. */
@AnalyzeClasses(packages = "org.knockon.schemas", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final DescribedPredicate<JavaClass> AVRO =
            resideInAPackage("org.apache.avro..").or(resideInAPackage("org.knockon.avro.."));

    @ArchTest
    static final ArchRule dependsOnTheRulesAndOnItsLibrariesAlone = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.net.ssl",
                    "org.knockon.schemas..",
                    "org.knockon.impact.model",
                    "org.knockon.avro",
                    "org.apache.avro..",
                    "org.apache.kafka.clients..",
                    "org.apache.kafka.common..",
                    "com.fasterxml.jackson..",
                    "org.slf4j")
            .because("every other module depends on this one");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.knockon.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule topicsLimitsAndReadingDoNotUseAvro = noClasses()
            .that()
            .resideInAnyPackage("org.knockon.schemas", "org.knockon.schemas.limits", "org.knockon.schemas.reading")
            .should()
            .dependOnClassesThat(AVRO)
            .because("Avro stops in the packages that convert it");

    @ArchTest
    static final ArchRule serdesShowNoAvroToOtherModules = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .arePublic()
            .and()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAnyPackage("org.knockon.schemas.serde", "org.knockon.schemas.admin")
            .should()
            .haveRawReturnType(AVRO)
            .orShould()
            .haveRawParameterTypes(DescribedPredicate.describe(
                    "that include a type of Avro",
                    (List<JavaClass> types) -> types.stream().anyMatch(AVRO)))
            .because("other modules work with plain records");

    @ArchTest
    static final ArchRule registryClientKnowsNoRecords = noClasses()
            .that()
            .resideInAPackage("org.knockon.schemas.registry")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.knockon.impact..", "org.knockon.avro..")
            .because("it works with any schema");
}
