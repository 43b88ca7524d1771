package org.knockon.cli.scenario;

import java.util.concurrent.Callable;
import org.knockon.cli.console.CommonOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code knockon scenario}; prints its help. */
@Command(
        name = "scenario",
        description =
                "Lists, shows and exports scenarios: a hospital, its appointments, what fails and how the hospital reacts.",
        subcommands = {ListScenariosCommand.class, ShowScenarioCommand.class, ExportScenarioCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:the command line or a scenario is invalid"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon scenario list",
            "  knockon scenario show july-heatwave-2022",
            "  knockon scenario export pas-outage-demo --folder my-scenarios"
        })
public final class ScenarioCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
