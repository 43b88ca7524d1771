package org.knockon.cli.topics;

import java.util.concurrent.Callable;
import org.knockon.cli.console.CommonOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code knockon topics}; prints its help. */
@Command(
        name = "topics",
        description = "Creates, lists and describes the topics of Knock-on, and their schemas.",
        subcommands = {CreateTopicsCommand.class, ListTopicsCommand.class, DescribeTopicsCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:an existing topic has other settings than the command would give it",
            "2:the command line or a setting is invalid",
            "3:the broker or the registry cannot be reached"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon topics create --replication-factor 3 --partitions 12",
            "  knockon topics list",
            "  knockon topics describe appointments"
        })
public final class TopicsCommand implements Callable<Integer> {

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
