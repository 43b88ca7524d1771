package org.knockon.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root of the command line. It does nothing by itself: without a subcommand it prints its help and exits 2. */
@Command(
        name = "knockon",
        mixinStandardHelpOptions = true,
        versionProvider = KnockonVersion.class,
        description = "How much care is lost while a hospital's IT is down, counted live on Apache Kafka.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:it ran, and what it found or met is bad (the message says what)",
            "2:the command line is wrong; nothing was done"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  knockon --version", "  knockon --help"})
public final class Knockon implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** Runs the command line and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Knockon()).execute(args));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
