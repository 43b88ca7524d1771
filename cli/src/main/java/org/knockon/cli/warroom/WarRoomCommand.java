package org.knockon.cli.warroom;

import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.knockon.cli.connect.StartupWait;
import org.knockon.cli.console.Cleanup;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.settings.ServerOptions;
import org.knockon.cli.settings.Settings;
import org.knockon.health.HealthAddress;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.streams.app.StreamsAppSettings;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.serve.WarRoom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code knockon war-room}. */
@Command(
        name = "war-room",
        sortOptions = false,
        description = {
            "Serves the wall display of an incident until Ctrl-C.",
            "Reads the public topics from the beginning, like any consumer, and does not need the streams app. Where other machines"
                    + " can reach it, it requires authentication."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "1:the port is in use",
            "2:the command line or a setting is invalid",
            "3:the broker or the registry cannot be reached, or topics are missing",
            "130:interrupted by Ctrl-C"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon war-room",
            "  knockon war-room --port 9000 --open",
            "  knockon war-room --bind 0.0.0.0 --access walls.json --behind-tls-proxy",
            "  knockon war-room --prefix knockon.replay.july-heatwave-2022.",
            "  KNOCKON_HEALTH_PORT=8091 knockon war-room    for probes and Prometheus, in plain HTTP"
        })
public final class WarRoomCommand implements Callable<Integer> {

    /** The topics that the war room and the report read. */
    static final List<Topic<?>> INPUTS = List.of(
            Topics.SYSTEMS,
            Topics.CARE_SERVICES,
            Topics.SYSTEM_HEALTH,
            Topics.OUTAGES,
            Topics.IMPACT_COUNTS,
            Topics.IMPACT_HISTORY,
            Topics.INPUT_PROGRESS);

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8090",
            description = "Port of the page; 0 for any free port. Default: 8090.")
    private int port;

    @Option(names = "--open", description = "Open the page in a browser on this machine.")
    private boolean open;

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
        Settings settings = connection.resolve().withLocalDefaults();
        WarRoomSettings warRoom = settings(StreamsAppSettings.parse(settings.ours(), settings.client()));
        StartupWait.until(
                settings,
                INPUTS,
                ChronoUnit.FOREVER.getDuration(),
                spec.commandLine().getErr());
        PrintWriter out = spec.commandLine().getOut();
        try (Cleanup cleanup = Cleanup.atExit()) {
            WarRoom running = cleanup.add(WarRoom.start(warRoom, System::currentTimeMillis));
            running.healthPort()
                    .ifPresent(at -> out.println("health and metrics: http://"
                            + warRoom.health().bind() + ":" + at + " /health/live /health/ready /metrics"));
            out.println("war room of " + settings.prefix() + "* on " + running.address() + "; Ctrl-C stops it");
            if (open) {
                String problem = Browser.open(running.address());
                if (!problem.isEmpty()) {
                    out.println(problem);
                }
            }
            out.flush();
            Thread.currentThread().join();
            return ExitCodes.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCodes.INTERRUPTED, "interrupted", e);
        }
    }

    private WarRoomSettings settings(StreamsAppSettings app) {
        try {
            AccessOptions.Endpoint endpoint = access.endpoint();
            return new WarRoomSettings(
                    app.client(),
                    app.pipeline().prefix(),
                    app.pipeline().rules().zone(),
                    endpoint.bind(),
                    port,
                    WarRoomSettings.exerciseIn(app.pipeline().prefix()),
                    endpoint.access(),
                    new HealthAddress(app.healthBind(), app.healthPort()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
