package org.knockon.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies of this module, which is a single package. */
@AnalyzeClasses(packages = "org.knockon.sandbox", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule dependsOnKafkaAndTheJdkAlone = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.knockon.sandbox", "kafka..", "org.apache.kafka..")
            .because("tests of every module use it");

    @ArchTest
    static final ArchRule onlyTheProcessOfTheBrokerUsesTheBrokersClasses = noClasses()
            .that()
            .doNotHaveSimpleName("BrokerProcess")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("kafka..", "org.apache.kafka..")
            .because("the broker runs in a process of its own");

    @ArchTest
    static final ArchRule processOfTheRegistryUsesTheJdkAlone = classes()
            .that()
            .haveSimpleName("RegistryProcess")
            .or()
            .haveSimpleName("Lifeline")
            .or()
            .haveSimpleName("FolderLock")
            .or()
            .haveSimpleName("Folders")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.knockon.sandbox")
            .because("the class path of the registry's process has nothing else");

    @ArchTest
    static final ArchRule onlyItsApiIsPublic = classes()
            .that()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .should()
            .haveSimpleName("Sandbox")
            .orShould()
            .haveSimpleName("SandboxOptions")
            .orShould()
            .haveSimpleName("SandboxException");
}
