package org.knockon.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import picocli.CommandLine.Command;

/** Dependencies between the packages of the command line. */
@AnalyzeClasses(packages = "org.knockon.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.knockon.cli.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule sharedPackagesDoNotDependOnCommands = noClasses()
            .that()
            .resideInAnyPackage("..cli.console..", "..cli.settings..", "..cli.connect..")
            .should()
            .dependOnClassesThat()
            .areAnnotatedWith(Command.class);
}
