package org.knockon.oracle;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import org.knockon.impact.model.CappedList;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.OutageId;
import org.knockon.impact.model.ServiceHour;
import org.knockon.impact.model.SlotHour;

@AnalyzeClasses(packages = "org.knockon.oracle", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String WHY = "two programs that share a rule share its mistakes";

    @ArchTest
    static final ArchRule sharesTheVocabularyButNoRules = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.knockon.oracle..", "org.knockon.impact.model")
            .because(WHY);

    @ArchTest
    static final ArchRule hasItsOwnCopyOfTheRulesInTheModel = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(CappedList.class, OutageId.class, ServiceHour.class, SlotHour.class)
            .orShould()
            .callMethod(ImpactCounts.class, "of", Impact.class)
            .because(WHY);

    @ArchTest
    static final ArchRule neverReadsTheWallClock = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("time is an argument");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.knockon.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theOracleDoesNotDependOnTheWorlds = noClasses()
            .that()
            .resideInAPackage("org.knockon.oracle")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.knockon.oracle.worlds");
}
