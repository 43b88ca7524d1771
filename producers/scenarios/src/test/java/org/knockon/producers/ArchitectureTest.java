package org.knockon.producers;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "org.knockon.producers", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String JDK = "java..";
    private static final String MODEL = "org.knockon.impact.model";
    private static final String INTERVAL = "org.knockon.impact.interval";
    private static final String SCHEMAS = "org.knockon.schemas..";
    private static final String YAML = "org.knockon.producers.yaml";
    private static final String SCENARIO = "org.knockon.producers.scenario";
    private static final String SOURCE = "org.knockon.producers.source";
    private static final String GENERATE = "org.knockon.producers.generate";
    private static final String RECORDING = "org.knockon.producers.recording";

    @ArchTest
    static final ArchRule meetsThePipelineOnlyOnTopics = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    JDK,
                    "javax.crypto..",
                    "org.knockon.producers..",
                    MODEL,
                    INTERVAL,
                    SCHEMAS,
                    "org.apache.kafka..",
                    "org.slf4j..",
                    "org.snakeyaml..")
            .because("a generator that used the rules of impact would hide their mistakes");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.knockon.producers.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theYamlReaderIsIndependentOfScenarios = classes()
            .that()
            .resideInAPackage(YAML)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(JDK, YAML, "org.snakeyaml..");

    @ArchTest
    static final ArchRule scenariosAreIndependentOfTheirEvents = classes()
            .that()
            .resideInAPackage(SCENARIO)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(JDK, SCENARIO, YAML, MODEL);

    @ArchTest
    static final ArchRule theGeneratorDoesNotNeedABroker = classes()
            .that()
            .resideInAPackage(GENERATE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(JDK, "javax.crypto..", GENERATE, SOURCE, SCENARIO, MODEL, INTERVAL, SCHEMAS);

    @ArchTest
    static final ArchRule aRecordingIsReadWithoutABroker = classes()
            .that()
            .resideInAPackage(RECORDING)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    JDK,
                    RECORDING,
                    SOURCE,
                    MODEL,
                    "org.knockon.schemas",
                    "org.knockon.schemas.limits",
                    "org.knockon.schemas.recording");

    @ArchTest
    static final ArchRule onlyTheReplayerReadsAClock = noClasses()
            .that()
            .resideOutsideOfPackage("org.knockon.producers.replay")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .because("the same scenario must always give the same events");
}
