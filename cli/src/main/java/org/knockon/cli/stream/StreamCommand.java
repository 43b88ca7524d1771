package org.knockon.cli.stream;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.knockon.cli.connect.StartupWait;
import org.knockon.cli.console.Cleanup;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.DurationConverter;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Figures;
import org.knockon.cli.settings.ServerOptions;
import org.knockon.cli.settings.Settings;
import org.knockon.schemas.Topics;
import org.knockon.streams.app.KnockonStreams;
import org.knockon.streams.app.StreamsAppSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code knockon stream}. */
@Command(
        name = "stream",
        sortOptions = false,
        description = {
            "Runs the streams app.",
            "Reads systems, care-services, system-health and appointments, and maintains outages, care-impacts and impact-counts."
                    + " The topics must exist. Start it on several machines to share the work. docs/settings.md explains the"
                    + " settings."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:idle, with --until-idle",
            "1:not idle within --timeout",
            "2:the command line or a setting is invalid",
            "3:the broker or the registry cannot be reached, or topics are missing",
            "5:the streams app failed",
            "130:interrupted by Ctrl-C"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon stream",
            "  knockon stream --command-config client.properties --set threads=4",
            "  KNOCKON_HTTP_PORT=0 knockon stream --bootstrap-server broker:9092",
            "  knockon stream --until-idle    for scripts: stops when all is counted"
        })
public final class StreamCommand implements Callable<Integer> {

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(500);

    @Option(
            names = "--until-idle",
            description =
                    "Stop when the app is idle: all input is consumed, no work is pending and all counts are published.")
    private boolean untilIdle;

    @Option(
            names = "--timeout",
            paramLabel = "PT1H",
            defaultValue = "PT1H",
            converter = DurationConverter.class,
            description = "Maximum wait with --until-idle, ISO-8601 or seconds. Default: PT1H.")
    private Duration timeout;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting, such as threads=4; repeat for several.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Mixin
    private ServerOptions connection;

    @Mixin
    private CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = connection.resolve(set).withLocalDefaults();
        StreamsAppSettings appSettings = StreamsAppSettings.parse(settings.ours(), settings.client());
        Duration maxWait = untilIdle ? timeout : ChronoUnit.FOREVER.getDuration();
        StartupWait.until(
                settings, Topics.ofThePipeline(), maxWait, spec.commandLine().getErr());
        common.warnOfRetries();
        PrintWriter out = spec.commandLine().getOut();
        printPositions(appSettings, out);
        try (Cleanup cleanup = Cleanup.atExit()) {
            KnockonStreams app = cleanup.add(KnockonStreams.start(appSettings));
            app.httpPort()
                    .ifPresent(port -> out.println("health and metrics: http://" + appSettings.httpBind() + ":" + port
                            + " /health/live /health/ready /metrics"));
            out.println("streams app " + appSettings.applicationId() + " on " + settings.prefix() + "* at "
                    + settings.bootstrapServers() + "; Ctrl-C stops it");
            out.flush();
            return untilIdle ? awaitIdle(app, out) : awaitEnd(app);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Prints the committed positions, for an operator who has to skip a record. */
    private void printPositions(StreamsAppSettings app, PrintWriter out) {
        try {
            Map<String, Long> positions = KnockonStreams.committedPositions(app);
            out.println(
                    positions.isEmpty()
                            ? "no committed positions of " + app.applicationId() + ": the app reads from the beginning"
                            : "committed positions of " + app.applicationId() + ", the next offset of each partition:");
            positions.forEach((partition, offset) -> out.println("  " + partition + ": " + offset));
        } catch (KafkaException e) {
            // Not fatal: the app itself waits for the broker without a limit.
            spec.commandLine().getErr().println("knockon: " + e.getMessage());
        }
        out.flush();
    }

    private int awaitIdle(KnockonStreams app, PrintWriter out) throws InterruptedException {
        boolean idle;
        try {
            idle = app.awaitIdle(timeout);
        } catch (IllegalStateException e) {
            requireApp(app);
            throw e;
        }
        out.println((idle ? "idle after " : "not idle within " + Figures.wholeSpan(timeout) + "; after ")
                + Figures.count(app.activity().records(), "record", "records"));
        return idle ? ExitCodes.OK : ExitCodes.FAILURES;
    }

    private static int awaitEnd(KnockonStreams app) throws InterruptedException {
        while (!app.awaitEnd(CHECK_INTERVAL)) {
            requireApp(app);
        }
        requireApp(app);
        throw new CommandFailure(
                ExitCodes.PROGRAM_FAILED, "the streams app stopped unexpectedly, in state " + app.state());
    }

    private static void requireApp(KnockonStreams app) {
        if (app.failure() != null) {
            throw new CommandFailure(
                    ExitCodes.PROGRAM_FAILED,
                    "the streams app failed: " + app.failure().getMessage(),
                    app.failure());
        }
    }
}
