package org.knockon.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.knockon.cli.catalogue.CatalogueCommand;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.FailureReport;
import org.knockon.cli.console.LogFormat;
import org.knockon.cli.console.Terminal;
import org.knockon.cli.console.UsageReport;
import org.knockon.cli.counts.WatchCommand;
import org.knockon.cli.doctor.DoctorCommand;
import org.knockon.cli.ingest.IngestCommand;
import org.knockon.cli.ingest.LoadCommand;
import org.knockon.cli.records.ConsumeCommand;
import org.knockon.cli.records.ProduceCommand;
import org.knockon.cli.replay.RecordCommand;
import org.knockon.cli.replay.ReplayCommand;
import org.knockon.cli.replay.VerifyCommand;
import org.knockon.cli.rights.RightsCommand;
import org.knockon.cli.sandbox.SandboxCommand;
import org.knockon.cli.scenario.ScenarioCommand;
import org.knockon.cli.stream.StreamCommand;
import org.knockon.cli.topics.TopicsCommand;
import org.knockon.cli.warroom.AccessCommand;
import org.knockon.cli.warroom.ReportCommand;
import org.knockon.cli.warroom.WarRoomCommand;
import org.knockon.streams.app.FatalErrors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root of the command line. Without a subcommand it prints its help and exits with 2. */
@Command(
        name = "knockon",
        mixinStandardHelpOptions = true,
        versionProvider = KnockonVersion.class,
        description = "Measures live how much care an IT outage postpones, on Apache Kafka.",
        subcommands = {
            ReplayCommand.class,
            VerifyCommand.class,
            SandboxCommand.class,
            TopicsCommand.class,
            StreamCommand.class,
            WatchCommand.class,
            WarRoomCommand.class,
            AccessCommand.class,
            ReportCommand.class,
            IngestCommand.class,
            LoadCommand.class,
            CatalogueCommand.class,
            RecordCommand.class,
            ProduceCommand.class,
            ConsumeCommand.class,
            ScenarioCommand.class,
            RightsCommand.class,
            DoctorCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:completed with failures: a verification or a catalogue differs, some lines are invalid",
            "2:the command line, a setting, a scenario, a recording, a feeds file or a catalogue is invalid; nothing was done",
            "3:the broker or the registry cannot be reached, topics are missing, or the JVM ran out of memory",
            "4:the sandbox cannot start",
            "5:a long-running program failed: the streams app, or the feeds",
            "130:interrupted by Ctrl-C"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon replay july-heatwave-2022    the demo: everything in one command",
            "  knockon sandbox                      a broker and a registry to try things on",
            "  knockon doctor                       what is reachable",
            "  knockon help replay"
        })
public final class Knockon implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** Runs the command line and ends the JVM with its exit code. */
    public static void main(String[] args) {
        LogFormat.problem(System.getenv(LogFormat.VARIABLE)).ifPresent(problem -> {
            utf8(FileDescriptor.err).println(problem);
            System.exit(ExitCodes.USAGE);
        });
        FatalErrors.endProcessWhenUncaught();
        System.exit(commandLine()
                .setOut(utf8(FileDescriptor.out))
                .setErr(utf8(FileDescriptor.err))
                .execute(args));
    }

    /** Builds the command line. It writes to standard output and standard error of the process unless the caller sets other writers. */
    public static CommandLine commandLine() {
        boolean colour = Terminal.ofThisProcess().colour();
        return new CommandLine(new Knockon())
                .setColorScheme(Help.defaultColorScheme(colour ? Help.Ansi.ON : Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new UsageReport())
                .setExecutionExceptionHandler(new FailureReport());
    }

    /** Output is UTF-8 in every locale. */
    private static PrintWriter utf8(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
