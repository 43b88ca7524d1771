package org.knockon.benchmarks.restart;

import org.knockon.benchmarks.harness.AppProcess;
import org.knockon.benchmarks.harness.CountsReader;
import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.ExpectedCounts;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.ServiceGroup;
import org.knockon.benchmarks.harness.Spread;
import org.knockon.benchmarks.harness.Testbed;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the app after a clean end and after kill -9, with its state and without, beside an app that has never run. */
@Command(
        name = "restart",
        description = {
            "From the start of the JVM until the app runs and is quiet: after a clean end, after kill -9 with the state folder",
            "and without it, and from scratch. With the folder goes the name of the instance, unless it was given one:",
            "then the group waits for the session of the dead to end."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./bench restart --appointments 1000000 --rounds 3"})
public final class RestartCommand implements Callable<Integer> {

    private static final String PREFIX = "bench.";
    private static final Duration LONGEST = Duration.ofMinutes(15);
    /** Every hundredth appointment needs a system that is taken down after each start, to see that nothing was lost. */
    private static final int PROBED = 100;

    private static final Map<String, String> NAMELESS = Map.of();
    private static final Map<String, String> NAMED = Map.of("group.instance.id", "bench");

    private final ServiceGroup probed = new ServiceGroup("probed", 1, 10);
    private final ServiceGroup others = new ServiceGroup("others", 1, 90);

    private enum Way {
        CLEAN_END_STATE_KEPT,
        KILLED_STATE_KEPT,
        KILLED_STATE_LOST_NAME_GIVEN,
        KILLED_STATE_AND_NAME_LOST,
        FROM_SCRATCH
    }

    /** @param running seconds until every stream thread runs @param quiet until nothing is left to do */
    private record Start(double running, double quiet) {}

    @Option(
            names = "--appointments",
            paramLabel = "N",
            description = "Default: ${DEFAULT-VALUE}.",
            defaultValue = "1000000")
    private int appointments;

    @Option(names = "--rounds", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "3")
    private int rounds;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Where the figures go. Default: ${DEFAULT-VALUE}.",
            defaultValue = "benchmarks/results/restart.json")
    private Path file;

    private final Map<Way, List<Start>> starts = new EnumMap<>(Way.class);

    @Override
    public Integer call() throws Exception {
        Results results = new Results();
        results.setting("appointments", appointments);
        results.setting("rounds", rounds);
        results.setting("seed", "none: nothing is random");
        try (Testbed stage = Testbed.open()) {
            for (int round = 1; round <= rounds; round++) {
                System.out.println("round " + round + " of " + rounds);
                round(stage, PREFIX + "round" + round + ".");
            }
        }
        for (Way way : Way.values()) {
            String name = way.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            results.figure(name + ": until running, s", Spread.of(starts.get(way), Start::running));
            results.figure(name + ": until quiet, s", Spread.of(starts.get(way), Start::quiet));
        }
        results.write(file);
        return 0;
    }

    /** The events are written before anything runs, so that the first start of all is the one from scratch. */
    private void round(Testbed stage, String prefix) throws Exception {
        stage.createTopics(prefix);
        try (Estate estate = new Estate(prefix, stage.client());
                CountsReader counts = new CountsReader(prefix, stage.client())) {
            estate.open(List.of(probed, others));
            for (int i = 0; i < appointments; i++) {
                estate.book(i % PROBED == 0 ? probed : others, i);
            }
            estate.flush();
            Path stateDir = stage.folder(prefix);
            AppProcess app = start(Way.FROM_SCRATCH, stage, prefix, NAMELESS);
            try {
                probe(estate, counts, app);
                app.close();
                app = start(Way.CLEAN_END_STATE_KEPT, stage, prefix, NAMELESS);
                probe(estate, counts, app);
                app.kill();
                app = start(Way.KILLED_STATE_KEPT, stage, prefix, NAMELESS);
                probe(estate, counts, app);
                app.kill();
                Testbed.delete(stateDir);
                app = start(Way.KILLED_STATE_AND_NAME_LOST, stage, prefix, NAMED);
                probe(estate, counts, app);
                app.kill();
                Testbed.delete(stateDir);
                app = start(Way.KILLED_STATE_LOST_NAME_GIVEN, stage, prefix, NAMED);
                probe(estate, counts, app);
            } finally {
                app.close();
            }
            Testbed.delete(stateDir);
        }
    }

    private AppProcess start(Way way, Testbed stage, String prefix, Map<String, String> name) throws IOException {
        Map<String, Object> client = new HashMap<>(stage.client());
        client.putAll(name);
        long began = System.nanoTime();
        AppProcess app = AppProcess.start(Testbed.settings(prefix, stage.folder(prefix), 2), client);
        app.awaitRunning();
        double running = (System.nanoTime() - began) / 1e9;
        app.awaitQuiet();
        Start start = new Start(running, (System.nanoTime() - began) / 1e9);
        starts.computeIfAbsent(way, w -> new ArrayList<>()).add(start);
        System.out.printf(Locale.ROOT, "  %-28s running %.1f s, quiet %.1f s%n", way, start.running, start.quiet);
        return app;
    }

    private void probe(Estate estate, CountsReader counts, AppProcess app) throws Exception {
        int hit = (appointments + PROBED - 1) / PROBED;
        estate.takeDown(probed);
        new ExpectedCounts(hit, 0).await(counts, LONGEST);
        estate.bringBack(probed);
        ExpectedCounts.NOTHING.await(counts, LONGEST);
        app.awaitQuiet();
    }
}
