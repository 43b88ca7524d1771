package org.knockon.feeds;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** The maps of FHIR, monitors and CloudEvents depend on values alone, so that a message always means the same. */
@AnalyzeClasses(packages = "org.knockon.feeds", importOptions = ImportOption.DoNotIncludeTests.class)
class PureMapsTest {

    private static final String[] MAPS = {
        "org.knockon.feeds.fhir..",
        "org.knockon.feeds.monitor..",
        "org.knockon.feeds.cloudevents..",
        "org.knockon.feeds.json.."
    };

    @ArchTest
    static final ArchRule mapsKnowNoKafkaAndNoSocket = noClasses()
            .that()
            .resideInAnyPackage(MAPS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..", "org.apache.avro..", "java.net.http..", "java.nio.channels..", "org.slf4j..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.Socket");

    @ArchTest
    static final ArchRule mapsReadNoClock = noClasses()
            .that()
            .resideInAnyPackage(MAPS)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule probesReadNoClock = noClasses()
            .that()
            .resideInAPackage("org.knockon.feeds.probe")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
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
                    "org.knockon.feeds.fhir..", "org.knockon.feeds.cloudevents..", "org.knockon.feeds.probe..");
}
