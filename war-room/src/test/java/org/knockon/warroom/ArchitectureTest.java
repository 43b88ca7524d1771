package org.knockon.warroom;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import org.knockon.warroom.access.AccessFile;
import org.knockon.warroom.access.AccessList;
import org.knockon.warroom.access.Role;
import org.knockon.warroom.serve.StandaloneReport;
import org.knockon.warroom.serve.WarRoom;

/** The war room is a consumer like any other: it reads topics and knows nothing of the pipeline. */
@AnalyzeClasses(packages = "org.knockon.warroom", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Public types that only other modules use. */
    private static final Set<String> ENTRY_POINTS = Set.of(
            WarRoom.class.getName(),
            StandaloneReport.class.getName(),
            AccessFile.class.getName(),
            AccessList.class.getName(),
            Role.class.getName());

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.knockon.warroom.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule neverUsesTheStreamsApp = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.knockon.streams..",
                    "org.knockon.producers..",
                    "org.knockon.feeds..",
                    "org.knockon.sandbox..",
                    "org.knockon.cli..",
                    "org.apache.kafka.streams..")
            .because("the war room and the pipeline meet on topics");

    @ArchTest
    static final ArchRule boardAndPagesUseNeitherKafkaNorHttp = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.knockon.warroom.board..",
                    "org.knockon.warroom.page..",
                    "org.knockon.warroom.drill..",
                    "org.knockon.warroom.report..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
            .because("they are pure and tested without either");

    @ArchTest
    static final ArchRule publicTypesAreUsedOutsideTheirPackage =
            classes().that().arePublic().and().areTopLevelClasses().should(beUsedOutsideTheirPackage());

    private static ArchCondition<JavaClass> beUsedOutsideTheirPackage() {
        return new ArchCondition<>("be used outside their package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean used = ENTRY_POINTS.contains(type.getName())
                        || type.getDirectDependenciesToSelf().stream()
                                .anyMatch(use ->
                                        !use.getOriginClass().getPackageName().equals(type.getPackageName()));
                events.add(new SimpleConditionEvent(type, used, type.getName() + " should be package-private"));
            }
        };
    }
}
