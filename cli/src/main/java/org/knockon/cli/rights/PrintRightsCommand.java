package org.knockon.cli.rights;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.settings.ServerOptions;
import org.knockon.cli.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code knockon rights print}. */
@Command(
        name = "print",
        sortOptions = false,
        description = {
            "Prints the rights of each role as commands of Kafka's own kafka-acls.",
            "For administrators who review or run them elsewhere. Connects to nothing."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "2:the command line or a setting is invalid"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon rights print --bootstrap-server broker:9093",
            "  knockon rights print --for streams --prefix trust."
        })
public final class PrintRightsCommand implements Callable<Integer> {

    @Mixin
    private RoleOptions options;

    @Mixin
    private ServerOptions servers;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = servers.resolve().withLocalDefaults();
        PrintWriter out = spec.commandLine().getOut();
        for (Role role : options.roles()) {
            RoleOptions.rights(role, settings)
                    .forEach(right ->
                            out.println(AclCommand.add(settings.bootstrapServers(), options.principal(role), right)));
        }
        return ExitCodes.OK;
    }
}
