package org.knockon.feeds;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;

@AnalyzeClasses(packages = "org.knockon.feeds", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] MAPS = {
        "org.knockon.feeds.message", "org.knockon.feeds.tables", "org.knockon.feeds.pseudonym", "org.knockon.feeds.hl7"
    };

    @ArchTest
    static final ArchRule mapsArePure = classes()
            .that()
            .resideInAnyPackage(MAPS)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.lang..",
                    "java.util",
                    "java.util.function",
                    "java.util.regex",
                    "java.util.stream",
                    "java.time..",
                    "java.text",
                    "java.math",
                    "java.nio",
                    "java.nio.charset",
                    "java.security",
                    "javax.crypto..",
                    "ca.uhn.hl7v2..",
                    "org.knockon.feeds.message",
                    "org.knockon.feeds.tables",
                    "org.knockon.feeds.pseudonym",
                    "org.knockon.feeds.hl7",
                    "org.knockon.impact.model",
                    "org.knockon.schemas",
                    "org.knockon.schemas.limits")
            .because("what a message means is tested without a socket, a broker or a log");

    @ArchTest
    static final ArchRule mapsReadNoClock = noClasses()
            .that()
            .resideInAnyPackage(MAPS)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(InstantSource.class)
            .because("receipt is an argument");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.knockon.feeds.(*)..").should().beFreeOfCycles();
}
