package org.knockon.cli.scenario;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.producers.scenario.ScenarioCatalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code knockon scenario export}. */
@Command(
        name = "export",
        sortOptions = false,
        description = "Writes a built-in scenario as a YAML file, for you to edit and replay. Never overwrites a file.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:written", "2:the scenario does not exist, or the file cannot be written"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon scenario export pas-outage-demo",
            "  knockon scenario export pas-outage-demo --folder mine && knockon replay mine/pas-outage-demo.yaml"
        })
public final class ExportScenarioCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "A scenario of 'knockon scenario list'.")
    private String name;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Target folder. Default: the current folder.")
    private Path folder;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(ScenarioCatalogue.export(name, folder));
        return ExitCodes.OK;
    }
}
