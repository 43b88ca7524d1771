package org.knockon.cli.replay;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.knockon.cli.console.Cleanup;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Figures;
import org.knockon.cli.console.Json;
import org.knockon.cli.console.LiveDisplay;
import org.knockon.cli.console.OutputFormat;
import org.knockon.cli.console.SpeedConverter;
import org.knockon.cli.console.Terminal;
import org.knockon.cli.counts.CountsText;
import org.knockon.cli.settings.ServerOptions;
import org.knockon.cli.settings.Settings;
import org.knockon.cli.warroom.AccessOptions;
import org.knockon.producers.replay.ReplayProgress;
import org.knockon.producers.replay.ReplaySpeed;
import org.knockon.schemas.admin.TopicOptions;
import org.knockon.streams.app.StreamsAppSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code knockon replay}. */
@Command(
        name = "replay",
        sortOptions = false,
        description = {
            "Replays a scenario or a recording in one command, with everything it needs.",
            "Starts a broker and a registry (or uses those of --bootstrap-server), creates the topics of this replay, starts the"
                    + " streams app, publishes the events, shows the counts live and prints a summary.",
            "During the replay it serves a wall display on this machine and prints its address. With --keep the display stays up at"
                    + " the end.",
            "The topics are named knockon.replay.RUN.*, so that an exercise never mixes with live data.",
            "With --publish-only it starts nothing and only publishes, for a streams app that runs elsewhere."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:replayed, and verified if requested",
            "1:the verification found differences",
            "2:the command line, a setting, the scenario or the recording is invalid",
            "3:the broker or the registry cannot be reached; with --publish-only also if topics are missing or no app reads"
                    + " them",
            "4:the sandbox cannot start",
            "5:the streams app failed",
            "130:interrupted by Ctrl-C"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon replay july-heatwave-2022",
            "  knockon replay synnovis-2024 --verify",
            "  knockon replay pas-outage-demo --speed 600x",
            "  knockon replay my-hospital.yaml --verify --output json",
            "  knockon replay out.avro --verify    a recording of 'knockon record'",
            "  knockon replay july-heatwave-2022 --keep    to explore the results",
            "  knockon replay pas-outage-demo --bootstrap-server broker:9092",
            "  knockon replay pas-outage-demo --publish-only --run drill",
            "  knockon replay pas-outage-demo --publish-only --run drill --shift-to now"
        })
public final class ReplayCommand implements Callable<Integer> {

    private static final int MAX_RUN_LENGTH = 63;

    @Parameters(
            paramLabel = "SCENARIO",
            description = "A scenario of 'knockon scenario list', a YAML file of your own, or a recording of 'knockon"
                    + " record', a file that ends in .avro.")
    private String scenario;

    @Option(
            names = "--speed",
            paramLabel = "60x|max",
            defaultValue = "max",
            converter = SpeedConverter.class,
            description = "How fast scenario time passes. Default: max, as fast as the machine allows.")
    private ReplaySpeed speed;

    @Option(
            names = "--verify",
            description = "Compare the outages, impacts and counts on the topics with the batch oracle.")
    private boolean verify;

    @Option(names = "--headless", description = "Show only the summary.")
    private boolean headless;

    @Option(names = "--no-war-room", description = "Do not serve the wall display. Implied by --headless.")
    private boolean noWarRoom;

    @Option(names = "--open", description = "Open the wall display in a browser on this machine.")
    private boolean open;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "json: one object on standard output at the end, everything else on standard error.")
    private OutputFormat output;

    @Option(
            names = "--keep",
            description = "Keep everything running at the end, until Ctrl-C, and keep the sandbox's data after that.")
    private boolean keep;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Keep the data of the sandbox and the stores in this folder. An interrupted replay resumes"
                    + " when started again with the same folder and run.")
    private Path folder;

    @Option(
            names = "--registry-archive",
            paramLabel = "FILE",
            description =
                    "Take the program of the sandbox's registry from this file instead of downloading it with Maven."
                            + " 'knockon sandbox --write-registry-archive' makes the file.")
    private Path registryArchive;

    @Option(
            names = "--run",
            paramLabel = "NAME",
            description = "Name of this replay, part of every topic name: lower-case letters, digits, dashes. Default:"
                    + " the scenario's name; on your own broker with the time added.")
    private String run;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Number of partitions of each partitioned topic. Default: 4.")
    private int partitions;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            defaultValue = "-1",
            description = "Replicas of each topic. Default: that of the broker.")
    private short replicationFactor;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting of the streams app, such as threads=4 or http.port=8080; repeat for several.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Mixin
    private PublishOptions publish;

    @Mixin
    private AccessOptions access;

    @Mixin
    private ServerOptions connection;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ReplayPlan plan = plan();
        PrintWriter out = spec.commandLine().getOut();
        boolean json = output == OutputFormat.JSON;
        PrintWriter progress = json ? spec.commandLine().getErr() : out;
        Terminal terminal = Terminal.ofThisProcess();
        boolean inPlace = json ? terminal.err() : terminal.out();
        CountsText text = new CountsText(inPlace && terminal.colour());
        ReplayView view = new ReplayView(plan.content().name(), plan.content().zone(), text);
        if (publish.publishOnly()) {
            return publish(plan, progress, inPlace, view);
        }
        try (Cleanup cleanup = Cleanup.atExit()) {
            ReplaySummary summary;
            ReplayRun replay;
            try (LiveDisplay display = cleanup.add(LiveDisplay.open(progress, inPlace, !headless))) {
                replay = ReplayRun.start(plan, cleanup, display, view);
                summary = replay.run();
            }
            if (json) {
                out.println(Json.line(SummaryJson.of(summary, replay.stack().settings())));
            } else {
                new SummaryText(summary).lines().forEach(out::println);
            }
            out.flush();
            if (keep) {
                waitForCtrlC(progress, plan, replay.stack());
            }
            return summary.verified() ? ExitCodes.OK : ExitCodes.FAILURES;
        }
    }

    private int publish(ReplayPlan plan, PrintWriter progress, boolean inPlace, ReplayView view) {
        PrintWriter out = spec.commandLine().getOut();
        RunNotes.of(plan, scenario).forEach(progress::println);
        progress.println();
        progress.flush();
        ReplayProgress end;
        try (Cleanup cleanup = Cleanup.atExit();
                LiveDisplay display = cleanup.add(LiveDisplay.open(progress, inPlace, !headless))) {
            end = new Publication(plan, cleanup, display, view).run(publish.maxWait());
        }
        out.println(
                output == OutputFormat.JSON
                        ? Json.line(Publication.json(plan, end))
                        : "published " + Figures.count(end.position(), "event", "events") + " to " + plan.topicPrefix()
                                + "*");
        out.flush();
        return ExitCodes.OK;
    }

    private ReplayPlan plan() {
        publish.requireConsistent(spec.commandLine());
        Settings named = connection.resolve(set);
        Settings settings = publish.publishOnly() ? named.withLocalDefaults() : named;
        boolean sandbox = !settings.namesBroker();
        if (sandbox && settings.client(Settings.SCHEMA_REGISTRY_URL).isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "a schema registry is set but no broker: add --bootstrap-server");
        }
        if (!sandbox && folder != null) {
            throw new ParameterException(
                    spec.commandLine(), "--folder is for the sandbox, but --bootstrap-server names another broker");
        }
        if (!sandbox && registryArchive != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--registry-archive is for the sandbox, but --bootstrap-server names another broker");
        }
        ReplayContent loaded = ReplayContent.load(scenario, settings);
        if (loaded.recording() && publish.shiftTo().isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--shift-to is for scenarios: a recording keeps its times");
        }
        try {
            ReplayPlan plan = new ReplayPlan(
                    loaded,
                    run != null ? run : runName(loaded.name(), sandbox),
                    publish.shiftTo().isPresent() ? new ReplaySpeed(1) : speed,
                    settings,
                    new TopicOptions(partitions, replicationFactor, true),
                    verify,
                    keep,
                    Optional.ofNullable(folder),
                    Optional.ofNullable(registryArchive),
                    warRoom(),
                    access.endpoint(),
                    publish.shiftTo());
            // Reports invalid settings before anything starts.
            StreamsAppSettings app = plan.appSettings(settings.withLocalDefaults(), Path.of("unused"));
            requirePossibleStart(plan, app.pipeline().retentionMs());
            return plan;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void requirePossibleStart(ReplayPlan plan, long retentionMs) {
        if (plan.shiftTo().isPresent()) {
            LiveStart.refusal(plan.from(), plan.to(), System.currentTimeMillis(), retentionMs)
                    .ifPresent(reason -> {
                        throw new ParameterException(spec.commandLine(), reason);
                    });
        }
    }

    private ReplayPlan.WarRoomMode warRoom() {
        if (headless || noWarRoom) {
            return ReplayPlan.WarRoomMode.NONE;
        }
        return open ? ReplayPlan.WarRoomMode.OPENED : ReplayPlan.WarRoomMode.SERVED;
    }

    /** On a broker that outlives the replay, the time makes the name unique. */
    private static String runName(String scenario, boolean sandbox) {
        String name =
                scenario.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceFirst("^-", "");
        String time = sandbox
                ? ""
                : DateTimeFormatter.ofPattern("-uuuuMMdd-HHmmss")
                        .withZone(ZoneOffset.UTC)
                        .format(Instant.now());
        int most = MAX_RUN_LENGTH - time.length();
        return (name.length() <= most ? name : name.substring(0, most)) + time;
    }

    private static void waitForCtrlC(PrintWriter to, ReplayPlan plan, ReplayStack stack) {
        String where = " --bootstrap-server " + stack.settings().bootstrapServers() + " --schema-registry-url "
                + stack.settings().shownRegistry() + " --prefix " + plan.topicPrefix();
        to.println();
        to.println("Everything is still running. Try:");
        stack.warRoom().ifPresent(address -> to.println("  the wall display: " + address));
        to.println("  knockon watch" + where);
        to.println("  knockon consume --topic outages --from-beginning --until-end" + where);
        stack.keptFolder().ifPresent(kept -> to.println("Data kept in: " + kept));
        to.println("Ctrl-C stops it.");
        to.flush();
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCodes.INTERRUPTED, "interrupted", e);
        }
    }
}
