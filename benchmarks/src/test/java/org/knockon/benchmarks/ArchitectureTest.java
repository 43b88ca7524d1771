package org.knockon.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Measures share the harness and the compared programs, and nothing else. */
@AnalyzeClasses(packages = "org.knockon.benchmarks", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String PACKAGES = "org.knockon.benchmarks.(*)..";
    private static final String HARNESS = "org.knockon.benchmarks.harness..";
    private static final String PROGRAMS = "org.knockon.benchmarks.programs..";

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching(PACKAGES).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule harnessDependsOnNoOtherPackage = noClasses()
            .that()
            .resideInAPackage(HARNESS)
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.knockon.benchmarks..")
                    .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(HARNESS))));

    @ArchTest
    static final ArchRule programsDependOnTheHarnessAlone = noClasses()
            .that()
            .resideInAPackage(PROGRAMS)
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.knockon.benchmarks..")
                    .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(HARNESS, PROGRAMS))));

    @ArchTest
    static final ArchRule measuresDoNotImportEachOther = slices().matching(PACKAGES)
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    DescribedPredicate.alwaysTrue(), JavaClass.Predicates.resideInAnyPackage(HARNESS, PROGRAMS));
}
