package org.knockon.benchmarks.throughput;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.knockon.benchmarks.harness.EventMix;
import org.knockon.benchmarks.harness.LapFigures;
import org.knockon.benchmarks.harness.OneDataCentre;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.ResultsOption;
import org.knockon.benchmarks.harness.RoundOrder;
import org.knockon.benchmarks.harness.Stopwatch;
import org.knockon.benchmarks.harness.Testbed;
import org.knockon.benchmarks.programs.ComparedProgram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs all programs over the same topic in each round, each in a fresh JVM, in shuffled order. */
@Command(
        name = "throughput",
        description = {
            "Events a second with nothing down, compared with a consumer, an empty exactly-once topology, one with a store,",
            "which is the fairest limit, and a join.",
            "Compare only ratios within a round: the speed of a machine drifts."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./bench throughput --rounds 5 --appointments 500000",
            "  ./bench throughput --far",
            "  ./bench throughput --beside enable.transactional.statestores=true"
        })
public final class ThroughputCommand implements Callable<Integer> {

    private static final int HEAP_MIB = 1_024;

    @Option(names = "--rounds", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "5")
    private int rounds;

    @Option(
            names = "--appointments",
            paramLabel = "N",
            description = "Each makes two events: booked, then moved or attended. Default: ${DEFAULT-VALUE}.",
            defaultValue = "500000")
    private int appointments;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the order of programs and events. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--far",
            description = "Appointments are updated long after they were booked, so that no cache holds them.")
    private boolean far;

    @Option(
            names = "--beside",
            paramLabel = "NAME=VALUE",
            description =
                    "Measures Knock-on once more in each round, with this setting of Kafka Streams or its clients. Repeatable.")
    private Map<String, String> beside = Map.of();

    @Mixin
    private ResultsOption file;

    private final Map<Entrant, List<Stopwatch.Lap>> laps = new LinkedHashMap<>();

    /**
     * One program in each round.
     *
     * @param settings of Kafka Streams and its clients
     */
    private record Entrant(String name, ComparedProgram program, Map<String, String> settings) {}

    @Override
    public Integer call() throws Exception {
        Results results = new Results();
        results.setting("rounds", rounds);
        results.setting("events", 2 * appointments);
        results.setting("mix", mix().described(appointments));
        results.setting("seed", seed);
        if (!beside.isEmpty()) {
            results.setting("settings", beside.toString());
        }
        results.setting("every JVM", "1 GiB heap, 256 MiB of it young, serial collector, a fresh one for each program");
        results.setting("streams threads, commit interval ms, linger ms, batch bytes", "2, 100, 20, 262144, lz4");
        try (Testbed testbed = Testbed.start()) {
            for (int round = 1; round <= rounds; round++) {
                round(testbed, round);
            }
        }
        report(results);
        results.write(file.fileFor(far ? "throughput-far" : "throughput"));
        return 0;
    }

    private EventMix mix() {
        return far ? EventMix.FAR : EventMix.NEAR;
    }

    private List<Entrant> entrants() {
        List<Entrant> entrants = new ArrayList<>();
        for (ComparedProgram program : ComparedProgram.values()) {
            entrants.add(new Entrant(program.shown(), program, Map.of()));
        }
        if (!beside.isEmpty()) {
            entrants.add(new Entrant("knockon with the settings", ComparedProgram.KNOCKON, beside));
        }
        return entrants;
    }

    private void round(Testbed testbed, int round) throws Exception {
        String prefix = "bench" + round + ".";
        System.out.println("round " + round + " of " + rounds + ": writing " + 2 * appointments + " events");
        write(testbed, prefix, round);
        String again = "again" + prefix;
        if (!beside.isEmpty()) {
            // Knock-on writes to topics named by the prefix alone.
            write(testbed, again, round);
        }
        for (Entrant entrant : RoundOrder.of(entrants(), seed, round)) {
            Stopwatch.Lap lap = entrant.program.measure(
                    testbed.sandbox(),
                    entrant.settings.isEmpty() ? prefix : again,
                    2L * appointments,
                    HEAP_MIB,
                    entrant.settings);
            laps.computeIfAbsent(entrant, e -> new ArrayList<>()).add(lap);
            LapFigures.print(entrant.name, lap);
        }
    }

    /** Another order of events in each round, the same for all programs of a round. */
    private void write(Testbed testbed, String prefix, int round) throws Exception {
        testbed.createTopics(prefix);
        testbed.createTopics(ComparedProgram.furtherTopics(prefix));
        OneDataCentre.writeMixed(prefix, testbed.client(), mix(), appointments, seed + round);
    }

    private void report(Results results) {
        List<Entrant> entrants = entrants();
        for (Entrant entrant : entrants) {
            LapFigures.report(entrant.name, laps.get(entrant), results);
        }
        Entrant ours = entrants.get(ComparedProgram.KNOCKON.ordinal());
        for (Entrant other : entrants) {
            if (other != ours) {
                LapFigures.compare(other.name, laps.get(ours), laps.get(other), results);
            }
        }
    }
}
