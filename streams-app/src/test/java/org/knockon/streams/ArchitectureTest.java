package org.knockon.streams;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "org.knockon.streams", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.knockon.streams";

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule dependenciesPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("app")
            .definedBy(ROOT + ".app..")
            .layer("topology")
            .definedBy(ROOT)
            .layer("processors")
            .definedBy(ROOT + ".catalogue..", ROOT + ".outage..", ROOT + ".impact..", ROOT + ".count..")
            .layer("shared")
            .definedBy(ROOT + ".situation..", ROOT + ".failure..")
            .layer("basis")
            .definedBy(ROOT + ".codec..", ROOT + ".task..", ROOT + ".settings..")
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("topology")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("processors")
            .mayOnlyBeAccessedByLayers("topology")
            .whereLayer("shared")
            .mayOnlyBeAccessedByLayers("processors", "topology", "app");

    @ArchTest
    static final ArchRule processorsDoNotKnowEachOther = slices().matching(ROOT + ".(catalogue|outage|impact|count)..")
            .should()
            .notDependOnEachOther()
            .because("they communicate through topics and stores");

    @ArchTest
    static final ArchRule dependsOnlyOnTheRulesTheContractAndKafka = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "com.sun.management..",
                    "io.micrometer..",
                    "org.apache.kafka..",
                    "org.knockon.health..",
                    "org.knockon.impact..",
                    "org.knockon.schemas..",
                    ROOT + "..",
                    "org.rocksdb..",
                    "org.slf4j..");

    @ArchTest
    static final ArchRule onlyTheAppServesHttpAndMetricsAndConfiguresStores = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".app..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.knockon.health..", "io.micrometer..", "org.rocksdb..");

    @ArchTest
    static final ArchRule storedBytesDoNotDependOnTheOrderOfConstants = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".situation..", ROOT + ".outage..", ROOT + ".failure..", ROOT + ".count..")
            .should()
            .callMethod(Enum.class, "ordinal")
            .because("a constant added in the middle would make this release misread stored state");

    @ArchTest
    static final ArchRule timeIsAnArgument = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".app..", ROOT + ".failure..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");
}
