package org.knockon.benchmarks.peers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.EventMix;
import org.knockon.benchmarks.harness.LapFigures;
import org.knockon.benchmarks.harness.OneDataCentre;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.ResultsOption;
import org.knockon.benchmarks.harness.RoundOrder;
import org.knockon.benchmarks.harness.Stopwatch;
import org.knockon.benchmarks.harness.Testbed;
import org.knockon.benchmarks.programs.Competitor;
import org.knockon.benchmarks.programs.FlinkClassPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs Knock-on and its peers over the same topics in each round, each in a fresh JVM, in shuffled order. */
@Command(
        name = "peers",
        description = {
            "Compares Knock-on with a foreign-key join of Kafka Streams, Flink SQL and a query of PostgreSQL: events a second with",
            "nothing down, and the time from an outage to exact counts. Compare only ratios within a round."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./bench peers --rounds 5 --appointments 500000 --hit 100000",
            "  ./bench peers --outages-alone"
        })
public final class PeersCommand implements Callable<Integer> {

    @Option(names = "--rounds", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "5")
    private int rounds;

    @Option(
            names = "--appointments",
            paramLabel = "N",
            description =
                    "For throughput; each makes two events: booked, then moved or attended. Default: ${DEFAULT-VALUE}.",
            defaultValue = "500000")
    private int appointments;

    @Option(
            names = "--hit",
            paramLabel = "N",
            description = "Appointments booked when everything goes down. Default: ${DEFAULT-VALUE}.",
            defaultValue = "100000")
    private int hit;

    @Option(
            names = "--outages",
            paramLabel = "N",
            description =
                    "How often everything goes down, 2 to 6. The first time and the median of the others are reported. Default: ${DEFAULT-VALUE}.",
            defaultValue = "6")
    private int outages;

    @Option(names = "--outages-alone", description = "Do not measure throughput.")
    private boolean outagesAlone;

    @Option(
            names = "--flink-checkpoints",
            paramLabel = "MS,MS",
            description = "Flink's checkpoint intervals, for throughput and for the outage. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1000,50",
            split = ",")
    private int[] checkpoints;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the order of programs and events. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private long seed;

    @Mixin
    private ResultsOption file;

    @Spec
    private CommandSpec spec;

    private final PeersReport report = new PeersReport();

    @Override
    public Integer call() throws Exception {
        if (outages < 2 || outages > OutageRun.MOST_OUTAGES) {
            throw new ParameterException(
                    spec.commandLine(), "--outages must be 2 to " + OutageRun.MOST_OUTAGES + ", not " + outages);
        }
        FlinkClassPath.required();
        try (Postgres postgres = Postgres.start();
                Testbed testbed = Testbed.start()) {
            for (int round = 1; round <= rounds; round++) {
                if (!outagesAlone) {
                    throughput(testbed, round);
                }
                outage(testbed, postgres, round);
                // After each round, so that a failure in a later one loses nothing.
                Results results = new Results();
                settings(results, postgres, round);
                report.write(results);
                results.write(file.fileFor(outagesAlone ? "peers-outages" : "peers"));
            }
        }
        return 0;
    }

    private void throughput(Testbed testbed, int round) throws Exception {
        String prefix = "peers" + round + ".";
        System.out.println("round " + round + " of " + rounds + ", throughput: " + 2 * appointments + " events");
        createTopics(testbed, prefix);
        // Another order in each round, the same for all programs of a round.
        OneDataCentre.writeMixed(prefix, testbed.client(), EventMix.NEAR, appointments, seed + round);
        for (Competitor competitor : RoundOrder.of(List.of(Competitor.values()), seed, round)) {
            Stopwatch.Lap lap = competitor.throughput(testbed.sandbox(), prefix, 2L * appointments, checkpoints[0]);
            report.lap(competitor, lap);
            LapFigures.print(competitor.shown(), lap);
        }
    }

    private void outage(Testbed testbed, Postgres postgres, int round) throws Exception {
        String prefix = "outage" + round + ".";
        System.out.println("round " + round + " of " + rounds + ", outage: " + hit + " appointments");
        createTopics(testbed, prefix);
        try (Estate estate = OneDataCentre.estate(prefix, testbed.client(), hit)) {
            estate.open(List.of(OneDataCentre.ALL));
            estate.book(OneDataCentre.ALL, 0, hit);
            estate.flush();
            OutageRun run = new OutageRun(testbed, prefix, estate, hit, seed);
            List<String> names = new ArrayList<>();
            Stream.of(Competitor.values()).map(Competitor::name).forEach(names::add);
            names.add(Postgres.SHOWN);
            for (String name : RoundOrder.of(names, seed, round)) {
                OutageRun.Times times = name.equals(Postgres.SHOWN)
                        ? new PostgresRun(postgres, prefix, testbed.client()).query(hit, outages)
                        : run.of(Competitor.valueOf(name), outages, checkpoints[1]);
                report.times(name.toLowerCase(Locale.ROOT), times);
                System.out.printf(
                        Locale.ROOT,
                        "  %-14s exact after %,.0f ms, later after %,.0f ms, %,d records%n",
                        name.toLowerCase(Locale.ROOT),
                        times.firstMillis(),
                        times.laterMedian(),
                        times.records());
            }
        }
    }

    private static void createTopics(Testbed testbed, String prefix) throws Exception {
        testbed.createTopics(prefix);
        testbed.createTopics(Stream.of(Competitor.values())
                .flatMap(competitor -> Stream.of(competitor.counts(prefix), competitor.outages(prefix)))
                .distinct()
                .toList());
    }

    private void settings(Results results, Postgres postgres, int round) throws Exception {
        results.setting("rounds", round);
        if (!outagesAlone) {
            results.setting("throughput: events", 2 * appointments);
            results.setting("throughput: mix", EventMix.NEAR.described(appointments));
        }
        results.setting("seed", seed);
        results.setting("outage: appointments hit", hit);
        results.setting("outages in a round", outages);
        results.setting(
                "every JVM",
                "3 GiB heap, 256 MiB of it young, serial collector, a fresh one for each program and measure");
        results.setting(
                "streams threads, commit interval ms, linger ms, batch bytes",
                "2, 100 (throughput) or 50 (outage), 20, 262144, lz4");
        results.setting("dsl_join", "compact values, RocksDB; caches of 64 MiB on the counts alone");
        results.setting(
                "flink",
                "SQL, parallelism 2, exactly-once Kafka sink, incremental checkpoints every " + checkpoints[0]
                        + " ms (throughput) and " + checkpoints[1]
                        + " ms (outage), mini-batches of 500 ms (throughput) and 20 ms (outage), 5 ms buffers, 512 MiB for RocksDB");
        results.setting("postgres", Postgres.SETTINGS);
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("flink", FlinkClassPath.version("flink-streaming-java"));
        versions.put("flink's kafka connector", FlinkClassPath.version("flink-connector-kafka"));
        versions.put("flink's kafka client", FlinkClassPath.version("kafka-clients"));
        versions.put("postgres", postgres.version());
        results.setting("versions", versions);
    }
}
