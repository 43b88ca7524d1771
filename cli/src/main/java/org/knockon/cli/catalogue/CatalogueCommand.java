package org.knockon.cli.catalogue;

import java.util.concurrent.Callable;
import org.knockon.cli.console.CommonOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code knockon catalogue}; prints its help. */
@Command(
        name = "catalogue",
        description =
                "Checks, publishes, compares and draws the catalogue: systems, care services, and what needs what.",
        subcommands = {
            CheckCatalogueCommand.class,
            DiffCatalogueCommand.class,
            PublishCatalogueCommand.class,
            GraphCatalogueCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; the topics hold the catalogue",
            "1:diff: publishing would change something",
            "2:the command line, a setting or the catalogue is invalid",
            "3:the broker or the registry cannot be reached, or topics are missing"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon catalogue check --file catalogue.yaml",
            "  knockon catalogue diff --file catalogue.yaml",
            "  knockon catalogue publish --file catalogue.yaml",
            "  knockon catalogue graph --file catalogue.yaml > catalogue.mmd"
        })
public final class CatalogueCommand implements Callable<Integer> {

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
