package org.knockon.impact;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;

/** The rules are plain Java and receive the time as an argument. */
@AnalyzeClasses(packages = "org.knockon.impact", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String MODEL = "org.knockon.impact.model";
    private static final String INTERVAL = "org.knockon.impact.interval";
    private static final String DETECTION = "org.knockon.impact.detection";
    private static final String CASCADE = "org.knockon.impact.cascade";
    private static final String ASSESSMENT = "org.knockon.impact.assessment";

    @ArchTest
    static final ArchRule dependsOnTheJdkAlone = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.knockon.impact..")
            .because("a reader of the rules should need nothing else");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.knockon.impact.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theModelHasNoRules = only(MODEL);

    @ArchTest
    static final ArchRule intervalsAreOfGeneralUse = only(INTERVAL);

    @ArchTest
    static final ArchRule detectionKnowsOnlyTheModel = only(DETECTION, MODEL);

    @ArchTest
    static final ArchRule cascadeKnowsOnlyModelAndIntervals = only(CASCADE, MODEL, INTERVAL);

    @ArchTest
    static final ArchRule assessmentStartsFromOutagesAndNotFromObservations =
            only(ASSESSMENT, CASCADE, MODEL, INTERVAL);

    @ArchTest
    static final ArchRule noClassReadsTheClock = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .because("time is an argument");

    private static ArchRule only(String layer, String... allowed) {
        String[] packages = new String[allowed.length + 2];
        packages[0] = "java..";
        packages[1] = layer;
        System.arraycopy(allowed, 0, packages, 2, allowed.length);
        return classes()
                .that()
                .resideInAPackage(layer)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(packages);
    }
}
