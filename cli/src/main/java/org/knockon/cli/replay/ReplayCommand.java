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
import org.knockon.cli.console.Json;
import org.knockon.cli.console.LiveDisplay;
import org.knockon.cli.console.OutputFormat;
import org.knockon.cli.console.SpeedConverter;
import org.knockon.cli.console.Terminal;
import org.knockon.cli.counts.CountsText;
import org.knockon.cli.settings.ServerOptions;
import org.knockon.cli.settings.Settings;
import org.knockon.cli.warroom.AccessOptions;
import org.knockon.producers.replay.ReplaySpeed;
import org.knockon.producers.scenario.Scenario;
import org.knockon.producers.scenario.ScenarioCatalogue;
import org.knockon.schemas.admin.TopicOptions;
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
            "Replays a scenario with everything it needs, in one command.",
            "Starts a broker and a registry (or uses those of --bootstrap-server), creates the topics of this replay, starts the"
                    + " streams app, publishes the events, shows the counts as they move and ends with a summary.",
            "Meanwhile a wall display is served on this machine; its address is printed. --keep leaves it there at the end.",
            "Topics are named knockon.replay.RUN.*, so that an exercise never mixes with live data."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:replayed, and verified if that was asked for",
            "1:the verification found differences",
            "2:the command line, a setting or the scenario is wrong",
            "3:the broker or the registry cannot be reached",
            "4:the sandbox cannot start",
            "5:the streams app has failed",
            "130:interrupted by Ctrl-C"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon replay july-heatwave-2022",
            "  knockon replay synnovis-2024 --verify",
            "  knockon replay pas-outage-demo --speed 600x",
            "  knockon replay my-hospital.yaml --verify --output json",
            "  knockon replay july-heatwave-2022 --keep    to look around afterwards",
            "  knockon replay pas-outage-demo --bootstrap-server broker:9092"
        })
public final class ReplayCommand implements Callable<Integer> {

    private static final int LONGEST_RUN = 63;

    @Parameters(
            paramLabel = "SCENARIO",
            description = "A scenario of 'knockon scenario list', or a YAML file of your own.")
    private String scenario;

    @Option(
            names = "--speed",
            paramLabel = "60x|max",
            defaultValue = "max",
            converter = SpeedConverter.class,
            description = "How fast the scenario's time passes. Default: max, as fast as the machine can.")
    private ReplaySpeed speed;

    @Option(
            names = "--verify",
            description = "Compare outages, impacts and counts on the topics with the batch oracle.")
    private boolean verify;

    @Option(names = "--headless", description = "Show nothing while it runs, only the summary.")
    private boolean headless;

    @Option(
            names = "--no-war-room",
            description = "Do not serve the wall display while it runs; --headless does not either.")
    private boolean noWarRoom;

    @Option(names = "--open", description = "Open the wall display in the browser of this machine.")
    private boolean open;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "json: one object on standard output at the end, all else on standard error.")
    private OutputFormat output;

    @Option(
            names = "--keep",
            description = "Leave everything running at the end, until Ctrl-C, and the sandbox's data after that.")
    private boolean keep;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Keep the sandbox's data and the stores here. A replay that was interrupted goes on where it"
                    + " stopped when it is started again with the same folder and run.")
    private Path folder;

    @Option(
            names = "--run",
            paramLabel = "NAME",
            description = "Name of this replay, part of every topic's name: small letters, digits, dashes. Default: the"
                    + " scenario's name, with the time added on a broker of your own.")
    private String run;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Of each partitioned topic. Default: 4.")
    private int partitions;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            defaultValue = "-1",
            description = "Of topics. Default: the broker's own.")
    private short replicationFactor;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting of the streams app, such as threads=4 or http.port=8080.")
    private Map<String, String> set = new LinkedHashMap<>();

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
        try (Cleanup cleanup = Cleanup.atExit()) {
            CountsText text = new CountsText(inPlace && terminal.colour());
            ReplaySummary summary;
            ReplayRun replay;
            try (LiveDisplay display = cleanup.add(LiveDisplay.open(progress, inPlace, !headless))) {
                replay = new ReplayRun(
                        plan,
                        cleanup,
                        display,
                        new ReplayView(plan.scenario().name(), plan.scenario().zone(), text));
                summary = replay.run();
            }
            if (json) {
                out.println(Json.line(SummaryJson.of(summary, replay.settings())));
            } else {
                new SummaryText(summary).lines().forEach(out::println);
            }
            out.flush();
            if (keep) {
                waitForCtrlC(progress, plan, replay);
            }
            return summary.verified() ? ExitCodes.OK : ExitCodes.FAILURES;
        }
    }

    private ReplayPlan plan() {
        Settings settings = connection.resolve(set);
        boolean sandbox = !settings.namesBroker();
        if (sandbox && settings.client(Settings.SCHEMA_REGISTRY_URL).isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "a schema registry is given but no broker: add --bootstrap-server");
        }
        if (!sandbox && folder != null) {
            throw new ParameterException(
                    spec.commandLine(), "--folder is the sandbox's, but --bootstrap-server names another broker");
        }
        Scenario loaded = ScenarioCatalogue.load(scenario);
        try {
            ReplayPlan plan = new ReplayPlan(
                    loaded,
                    run != null ? run : runName(loaded.name(), sandbox),
                    speed,
                    settings,
                    new TopicOptions(partitions, replicationFactor, true),
                    verify,
                    keep,
                    Optional.ofNullable(folder),
                    warRoom(),
                    access.place());
            // Wrong settings are told before anything is started.
            plan.appSettings(settings.withLocalDefaults(), Path.of("unused"));
            return plan;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private ReplayPlan.WarRoomWish warRoom() {
        if (headless || noWarRoom) {
            return ReplayPlan.WarRoomWish.NONE;
        }
        return open ? ReplayPlan.WarRoomWish.OPENED : ReplayPlan.WarRoomWish.SERVED;
    }

    /** On a broker that outlives the replay every replay is a new one. */
    private static String runName(String scenario, boolean sandbox) {
        String name =
                scenario.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceFirst("^-", "");
        String time = sandbox
                ? ""
                : DateTimeFormatter.ofPattern("-uuuuMMdd-HHmmss")
                        .withZone(ZoneOffset.UTC)
                        .format(Instant.now());
        int most = LONGEST_RUN - time.length();
        return (name.length() <= most ? name : name.substring(0, most)) + time;
    }

    private static void waitForCtrlC(PrintWriter to, ReplayPlan plan, ReplayRun replay) {
        String where = " --bootstrap-server " + replay.settings().bootstrapServers() + " --schema-registry-url "
                + replay.settings().shownRegistry() + " --prefix " + plan.topicPrefix();
        to.println();
        to.println("Everything is still running. Try:");
        replay.warRoom().ifPresent(address -> to.println("  the wall display: " + address));
        to.println("  knockon watch" + where);
        to.println("  knockon consume --topic outages --from-beginning --until-end" + where);
        replay.keptFolder().ifPresent(kept -> to.println("Data, which will stay: " + kept));
        to.println("Ctrl-C ends it.");
        to.flush();
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCodes.INTERRUPTED, "interrupted", e);
        }
    }
}
