package org.knockon.benchmarks.wall;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knockon.benchmarks.harness.Percentiles;
import org.knockon.benchmarks.harness.ProcessVitals;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.ResultsOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Many readers of one war room, some of them stuck, during a replay started as a user would start it. */
@Command(
        name = "wall-crowd",
        description = {
            "How far readers of the stream lag during a replay while other clients never read, and what they cost the process that",
            "replays, counts and serves them. The readers run in this process, on the same machine."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./bench wall-crowd --readers 180 --stuck 20 --speed 600x --seconds 120"})
public final class WallCrowdCommand implements Callable<Integer> {

    private static final Pattern ADDRESS = Pattern.compile("wall display: (http://\\S+)");
    /** Time for the replay to begin and for the readers to connect. */
    private static final long SETTLE_SECONDS = 10;

    @Option(names = "--readers", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "180")
    private int readers;

    @Option(
            names = "--stuck",
            paramLabel = "N",
            description = "Further clients that never read. Default: ${DEFAULT-VALUE}.",
            defaultValue = "20")
    private int stuck;

    @Option(
            names = "--scenario",
            paramLabel = "SCENARIO",
            description = "Default: ${DEFAULT-VALUE}.",
            defaultValue = "july-heatwave-2022")
    private String scenario;

    @Option(
            names = "--after",
            paramLabel = "INSTANT",
            description =
                    "Event time up to which the replay runs at full speed. Default: ${DEFAULT-VALUE}, during the outages.",
            defaultValue = "2022-07-19T15:00:00Z")
    private Instant after;

    @Option(names = "--speed", paramLabel = "60x", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "600x")
    private String speed;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long the readers are measured. Default: ${DEFAULT-VALUE}.",
            defaultValue = "120")
    private int seconds;

    @Mixin
    private ResultsOption file;

    @Override
    public Integer call() throws Exception {
        Results results = new Results();
        results.setting("readers", readers);
        results.setting("stuck clients", stuck);
        results.setting("scenario", scenario);
        results.setting("after", after.toString());
        results.setting("speed", speed);
        results.setting("seconds", seconds);
        System.out.println("starting the replay of " + scenario);
        ProcessBuilder launcher = new ProcessBuilder(
                        Path.of("knockon").toAbsolutePath().toString(), "replay", scenario, "--speed", "max", "--keep")
                .redirectErrorStream(true);
        // With these the launcher would start this command.
        launcher.environment().keySet().removeAll(List.of("KNOCKON_MODULE", "KNOCKON_MAIN"));
        Process replay = launcher.start();
        try {
            URI address = address(replay);
            WatchedReplay watched = new WatchedReplay(address);
            watched.awaitEventTime(after);
            watched.speed(speed);
            Thread.sleep(SETTLE_SECONDS * 1_000);
            memory("before", replay, results);
            crowd(address.resolve("/api/v1/stream"), replay, results);
            watched.requirePlaying();
            Thread.sleep(SETTLE_SECONDS * 1_000);
            memory("after they have gone", replay, results);
        } finally {
            replay.destroy();
            if (!replay.waitFor(1, TimeUnit.MINUTES)) {
                replay.destroyForcibly();
            }
        }
        results.write(file.fileFor("wall-crowd"));
        return 0;
    }

    /** Goes on reading the output in a thread: otherwise the replay would block. */
    private static URI address(Process replay) throws IOException {
        BufferedReader output = new BufferedReader(new InputStreamReader(replay.getInputStream(), UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                Thread rest = new Thread(() -> drain(output), "rest-of-the-replay");
                rest.setDaemon(true);
                rest.start();
                return URI.create(address.group(1));
            }
        }
        throw new IllegalStateException("the replay ended without printing the address of a wall");
    }

    private static void drain(BufferedReader output) {
        try {
            output.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // The replay was stopped.
        }
    }

    private void crowd(URI stream, Process replay, Results results) throws Exception {
        System.out.printf("%d readers, and %d clients that never read, for %d s%n", readers, stuck, seconds);
        try (StreamCrowd crowd = new StreamCrowd(stream, readers, stuck)) {
            Thread.sleep(SETTLE_SECONDS * 1_000);
            double cpu = cpuSeconds(replay);
            crowd.begin();
            double most = 0;
            for (int second = 0; second < seconds; second++) {
                Thread.sleep(1_000);
                most = Math.max(most, ProcessVitals.rssMiB(replay.pid()));
            }
            StreamCrowd.Received received = crowd.end();
            cpu = cpuSeconds(replay) - cpu;
            results.figure("most resident memory meanwhile, MiB", Math.round(most));
            memory("with all of them at the end", replay, results);
            if (received.ended() > 0) {
                throw new IllegalStateException(
                        received.ended() + " readers were disconnected, so this run does not count");
            }
            results.figure("a reader is behind by: ms", Percentiles.of(received.lags()));
            results.figure("between two ticks of a reader: ms", Percentiles.of(received.gaps()));
            results.figure(
                    "states a reader and second", Math.round(100.0 * received.states() / readers / seconds) / 100.0);
            // Far more than the buffers of a connection hold, so the clients that never read really are stuck.
            results.figure("each reader took, MiB", received.bytes() / readers >> 20);
            results.figure("CPU of the process, of one core", Math.round(100 * cpu / seconds) / 100.0);
        }
    }

    private static double cpuSeconds(Process process) {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    /** Of the process that replays, counts and serves; its heap after a full collection. */
    private static void memory(String when, Process process, Results results) throws Exception {
        ProcessVitals vitals = ProcessVitals.of(process.pid());
        results.figure("heap in use " + when + ", MiB", Math.round(vitals.heapMiB()));
        results.figure("resident memory " + when + ", MiB", Math.round(vitals.rssMiB()));
    }
}
