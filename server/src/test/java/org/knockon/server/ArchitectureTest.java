package org.knockon.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.knockon.server", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.knockon.server.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule knowsNothingOfWhatItServes = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..",
                    "org.knockon.impact..",
                    "org.knockon.schemas..",
                    "org.knockon.feeds..",
                    "org.knockon.warroom..")
            .because("the war room and the feeds share it and must not see each other");
}
