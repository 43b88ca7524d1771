package org.knockon.cli.rights;

import java.util.concurrent.Callable;
import org.knockon.cli.console.CommonOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code knockon rights}; prints its help. */
@Command(
        name = "rights",
        description = "Adds or prints the rights on the broker that each role needs.",
        subcommands = {AddRightsCommand.class, PrintRightsCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "2:the command line, a setting or the file of passwords is invalid",
            "3:the broker cannot be reached, or it refuses the change"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon rights add --command-config admin.properties",
            "  knockon rights print --bootstrap-server broker:9093"
        })
public final class RightsCommand implements Callable<Integer> {

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
