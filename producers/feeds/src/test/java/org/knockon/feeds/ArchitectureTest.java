package org.knockon.feeds;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;

@AnalyzeClasses(packages = "org.knockon.feeds", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** What a message means: (message, tables, remembered version, receipt time) to a mapped message. */
    private static final String[] PURE = {
        "org.knockon.feeds.message..",
        "org.knockon.feeds.tables..",
        "org.knockon.feeds.pseudonym..",
        "org.knockon.feeds.hl7..",
        "org.knockon.feeds.fhir..",
        "org.knockon.feeds.monitor..",
        "org.knockon.feeds.cloudevents..",
        "org.knockon.feeds.load..",
        "org.knockon.feeds.json..",
        "org.knockon.feeds.csv..",
        "org.knockon.feeds.catalogue"
    };

    @ArchTest
    static final ArchRule mapsArePure = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..",
                    "org.apache.avro..",
                    "org.slf4j..",
                    "org.knockon.schemas.serde..",
                    "org.knockon.schemas.registry..",
                    "org.knockon.schemas.reading..",
                    "org.knockon.feeds.settings..",
                    "org.knockon.feeds.publish..",
                    "org.knockon.feeds.state..",
                    "org.knockon.feeds.receive..",
                    "org.knockon.feeds.http..",
                    "org.knockon.feeds.run..",
                    "java.net.http..",
                    "java.nio.channels..",
                    "javax.net..",
                    "io.javalin..",
                    "org.eclipse.jetty..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.Socket")
            .because("what a message means is tested without a socket or a broker");

    @ArchTest
    static final ArchRule mapsReadNoClock = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(InstantSource.class)
            .because("the time of receipt is an argument");

    @ArchTest
    static final ArchRule probesReadNoClock = noClasses()
            .that()
            .resideInAPackage("org.knockon.feeds.probe")
            .should()
            .callMethod(System.class, "nanoTime")
            .because("the beginning of a look is the time of the observation, and it is given");

    @ArchTest
    static final ArchRule onlyLookersOpenConnections = noClasses()
            .that()
            .resideInAPackage("org.knockon.feeds.probe")
            .and()
            .haveNameNotMatching(".*(Looker|Failures)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "javax.net.ssl..", "java.nio.channels..");

    @ArchTest
    static final ArchRule kindsOfFeedAreIndependentOfEachOther = noClasses()
            .that()
            .resideInAPackage("org.knockon.feeds.monitor..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.knockon.feeds.fhir..",
                    "org.knockon.feeds.hl7..",
                    "org.knockon.feeds.cloudevents..",
                    "org.knockon.feeds.probe..");

    @ArchTest
    static final ArchRule nothingReadsTheWallClock = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("the command passes the clock inwards");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.knockon.feeds.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule usesTheVocabularyAndTheContractOnly = classes()
            .that()
            .resideInAPackage("org.knockon.feeds..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax..",
                    "com.fasterxml.jackson..",
                    "ca.uhn.hl7v2..",
                    "io.javalin..",
                    "io.prometheus..",
                    "org.eclipse.jetty..",
                    "org.apache.kafka..",
                    "org.slf4j..",
                    "org.knockon.feeds..",
                    "org.knockon.server..",
                    "org.knockon.health..",
                    "org.knockon.impact.model",
                    "org.knockon.schemas..",
                    "org.knockon.producers.yaml")
            .because("scenarios are another way in, and the pipeline is met on topics");
}
