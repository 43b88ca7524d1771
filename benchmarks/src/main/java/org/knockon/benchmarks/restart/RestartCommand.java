package org.knockon.benchmarks.restart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.knockon.benchmarks.harness.AppProcess;
import org.knockon.benchmarks.harness.AppSettings;
import org.knockon.benchmarks.harness.CountsReader;
import org.knockon.benchmarks.harness.Elapsed;
import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.ExpectedCounts;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.ResultsOption;
import org.knockon.benchmarks.harness.ServiceGroup;
import org.knockon.benchmarks.harness.Spread;
import org.knockon.benchmarks.harness.Testbed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the app after a clean shutdown and after kill -9, with its state and without, and for the first time. */
@Command(
        name = "restart",
        description = {
            "From the start of the JVM until the app runs and is idle: after a clean shutdown, after kill -9 with the state folder",
            "and without it, and from scratch. The folder holds the instance id unless a setting gives it; when the id is lost,",
            "the group waits for the session of the dead instance to end."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./bench restart --appointments 1000000 --rounds 3",
            "  ./bench restart --with enable.transactional.statestores=true --results transactional.json"
        })
public final class RestartCommand implements Callable<Integer> {

    private static final String PREFIX = "bench.";
    /** Every hundredth appointment needs a system that goes down after each start, to check that nothing was lost. */
    private static final int PROBED = 100;

    private static final Map<String, String> UNNAMED = Map.of();
    private static final Map<String, String> NAMED = Map.of("group.instance.id", "bench");

    private final ServiceGroup probed = new ServiceGroup("probed", 1, 10);
    private final ServiceGroup others = new ServiceGroup("others", 1, 90);

    private enum Case {
        CLEAN_END_STATE_KEPT,
        KILLED_STATE_KEPT,
        KILLED_STATE_LOST_NAME_GIVEN,
        KILLED_STATE_AND_NAME_LOST,
        FROM_SCRATCH
    }

    /** @param running seconds until every stream thread runs @param idle until no work is left */
    private record Start(double running, double idle) {}

    @Option(
            names = "--appointments",
            paramLabel = "N",
            description = "Default: ${DEFAULT-VALUE}.",
            defaultValue = "1000000")
    private int appointments;

    @Option(names = "--rounds", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "3")
    private int rounds;

    @Option(
            names = "--with",
            paramLabel = "NAME=VALUE",
            description = "A setting of Kafka Streams or its clients for every start. Repeatable.")
    private Map<String, String> settings = Map.of();

    @Mixin
    private ResultsOption file;

    private final Map<Case, List<Start>> starts = new EnumMap<>(Case.class);

    @Override
    public Integer call() throws Exception {
        Results results = new Results();
        results.setting("appointments", appointments);
        results.setting("rounds", rounds);
        results.setting("seed", "none: nothing is random");
        if (!settings.isEmpty()) {
            results.setting("settings", settings.toString());
        }
        try (Testbed testbed = Testbed.start()) {
            for (int round = 1; round <= rounds; round++) {
                System.out.println("round " + round + " of " + rounds);
                round(testbed, PREFIX + "round" + round + ".");
            }
        }
        for (Case one : Case.values()) {
            String name = one.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            results.figure(name + ": until running, s", Spread.of(starts.get(one), Start::running));
            results.figure(name + ": until idle, s", Spread.of(starts.get(one), Start::idle));
        }
        results.write(file.fileFor("restart"));
        return 0;
    }

    /** Writes the events before anything runs, so that the first start is the one from scratch. */
    private void round(Testbed testbed, String prefix) throws Exception {
        testbed.createTopics(prefix);
        try (Estate estate = Estate.simulated(prefix, testbed.client());
                CountsReader counts = new CountsReader(prefix, testbed.client())) {
            estate.open(List.of(probed, others));
            for (int i = 0; i < appointments; i++) {
                estate.book(i % PROBED == 0 ? probed : others, i);
            }
            estate.flush();
            Path stateDir = testbed.folder(prefix);
            AppProcess app = start(Case.FROM_SCRATCH, testbed, prefix, UNNAMED);
            try {
                probe(estate, counts, app);
                app.close();
                app = start(Case.CLEAN_END_STATE_KEPT, testbed, prefix, UNNAMED);
                probe(estate, counts, app);
                app.kill();
                app = start(Case.KILLED_STATE_KEPT, testbed, prefix, UNNAMED);
                probe(estate, counts, app);
                app.kill();
                Testbed.delete(stateDir);
                app = start(Case.KILLED_STATE_AND_NAME_LOST, testbed, prefix, NAMED);
                probe(estate, counts, app);
                app.kill();
                Testbed.delete(stateDir);
                app = start(Case.KILLED_STATE_LOST_NAME_GIVEN, testbed, prefix, NAMED);
                probe(estate, counts, app);
            } finally {
                app.close();
            }
            Testbed.delete(stateDir);
        }
    }

    private AppProcess start(Case one, Testbed testbed, String prefix, Map<String, String> name) throws IOException {
        Map<String, Object> client = new HashMap<>(testbed.client());
        client.putAll(name);
        client.putAll(settings);
        Elapsed elapsed = new Elapsed();
        AppProcess app = AppProcess.start(AppSettings.replay(prefix, testbed.folder(prefix), 2), client);
        app.awaitRunning();
        double running = elapsed.seconds();
        app.awaitIdle();
        Start start = new Start(running, elapsed.seconds());
        starts.computeIfAbsent(one, key -> new ArrayList<>()).add(start);
        System.out.printf(Locale.ROOT, "  %-28s running %.1f s, idle %.1f s%n", one, start.running, start.idle);
        return app;
    }

    private void probe(Estate estate, CountsReader counts, AppProcess app) throws Exception {
        int hit = (appointments + PROBED - 1) / PROBED;
        estate.takeDown(probed);
        new ExpectedCounts(hit, 0).await(counts);
        estate.bringBack(probed);
        ExpectedCounts.NOTHING.await(counts);
        app.awaitIdle();
    }
}
