package org.knockon.benchmarks.wall;

import org.knockon.benchmarks.harness.Percentiles;
import org.knockon.benchmarks.harness.Results;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Many readers of one war room, some of them stuck, while a replay goes on as a user would start it. */
@Command(
        name = "wall-crowd",
        description = {
            "How far readers of the stream are behind while others take nothing, during a replay; and what they cost the process",
            "that replays, counts and serves them. The readers run in this process, on the same machine."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./bench wall-crowd --readers 180 --stuck 20 --speed 600x --seconds 120"})
public final class WallCrowdCommand implements Callable<Integer> {

    private static final Pattern ADDRESS = Pattern.compile("wall display: (http://\\S+)");
    private static final Pattern HEAP_USED = Pattern.compile("total \\d+K, used (\\d+)K");
    /** For the replay to begin, and for the readers to connect. */
    private static final long SETTLE_SECONDS = 10;

    @Option(names = "--readers", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "180")
    private int readers;

    @Option(
            names = "--stuck",
            paramLabel = "N",
            description = "Readers beside them that take nothing. Default: ${DEFAULT-VALUE}.",
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
                    "Event time up to which it goes as fast as it can. Default: ${DEFAULT-VALUE}, amid the outages.",
            defaultValue = "2022-07-19T15:00:00Z")
    private Instant after;

    @Option(names = "--speed", paramLabel = "60x", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "600x")
    private String speed;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long the readers are watched. Default: ${DEFAULT-VALUE}.",
            defaultValue = "120")
    private int seconds;

    @Option(
            names = "--knockon",
            paramLabel = "FILE",
            description = "The launcher. Default: ${DEFAULT-VALUE}.",
            defaultValue = "./knockon")
    private Path knockon;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Where the figures go. Default: ${DEFAULT-VALUE}.",
            defaultValue = "benchmarks/results/wall-crowd.json")
    private Path file;

    @Override
    public Integer call() throws Exception {
        Results results = new Results();
        results.setting("readers", readers);
        results.setting("stuck readers beside them", stuck);
        results.setting("scenario", scenario);
        results.setting("after", after.toString());
        results.setting("speed", speed);
        results.setting("seconds", seconds);
        System.out.println("starting the replay of " + scenario);
        ProcessBuilder launcher = new ProcessBuilder(
                        knockon.toAbsolutePath().toString(), "replay", scenario, "--speed", "max", "--keep")
                .redirectErrorStream(true);
        // They make a launcher start this command.
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
        results.write(file);
        return 0;
    }

    /** What follows is taken in too, or the replay would wait for a reader. */
    private static URI address(Process replay) throws IOException {
        BufferedReader said = new BufferedReader(new InputStreamReader(replay.getInputStream(), UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                Thread rest = new Thread(() -> drain(said), "rest-of-the-replay");
                rest.setDaemon(true);
                rest.start();
                return URI.create(address.group(1));
            }
        }
        throw new IllegalStateException("the replay has ended without the address of a wall");
    }

    private static void drain(BufferedReader said) {
        try {
            said.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // The replay has been ended.
        }
    }

    private void crowd(URI stream, Process replay, Results results) throws Exception {
        System.out.printf("%d readers, and %d that take nothing, for %d s%n", readers, stuck, seconds);
        try (StreamCrowd crowd = new StreamCrowd(stream, readers, stuck)) {
            Thread.sleep(SETTLE_SECONDS * 1_000);
            double cpu = cpuSeconds(replay);
            crowd.begin();
            long most = 0;
            for (int second = 0; second < seconds; second++) {
                Thread.sleep(1_000);
                most = Math.max(most, residentMiB(replay));
            }
            StreamCrowd.Seen seen = crowd.end();
            cpu = cpuSeconds(replay) - cpu;
            results.figure("most resident memory meanwhile, MiB", most);
            memory("with all of them at the end", replay, results);
            if (seen.ended() > 0) {
                throw new IllegalStateException(seen.ended() + " readers were cut off, so this run does not count");
            }
            results.figure("a reader is behind by: ms", Percentiles.of(seen.behind()));
            results.figure("between two ticks of a reader: ms", Percentiles.of(seen.gaps()));
            results.figure("states a reader and second", Math.round(100.0 * seen.states() / readers / seconds) / 100.0);
            // Far more than the buffers of a connection hold, so that those who take nothing are stuck indeed.
            results.figure("each reader took, MiB", seen.bytes() / readers >> 20);
            results.figure("CPU of the process, of one core", Math.round(100 * cpu / seconds) / 100.0);
        }
    }

    private static double cpuSeconds(Process process) {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    /** Of the process that replays, counts and serves; its heap after a full collection. */
    private static void memory(String when, Process process, Results results) throws Exception {
        jcmd(process, "GC.run");
        Matcher generation = HEAP_USED.matcher(jcmd(process, "GC.heap_info"));
        long used = 0;
        while (generation.find()) {
            used += Long.parseLong(generation.group(1));
        }
        if (used == 0) {
            throw new IllegalStateException("jcmd does not say how much heap is in use as this expects");
        }
        results.figure("heap in use " + when + ", MiB", used >> 10);
        results.figure("resident memory " + when + ", MiB", residentMiB(process));
    }

    private static long residentMiB(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                >> 10;
    }

    private static String jcmd(Process process, String order) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        order)
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IllegalStateException("jcmd " + order + " failed: " + said);
        }
        return said;
    }
}
