package org.knockon.benchmarks.peers;

import org.knockon.benchmarks.harness.EventMix;
import org.knockon.benchmarks.harness.OneDataCentre;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.RoundOrder;
import org.knockon.benchmarks.harness.Stopwatch;
import org.knockon.benchmarks.programs.Competitor;
import org.knockon.benchmarks.programs.FlinkClassPath;
import org.knockon.impact.model.SystemStatus;
import org.knockon.sandbox.Sandbox;
import org.knockon.sandbox.SandboxOptions;
import org.knockon.schemas.admin.TopicAdmin;
import org.knockon.schemas.admin.TopicOptions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Rounds of Knock-on and its peers over the same topics, each in a fresh JVM, the order shuffled in each round. */
@Command(
        name = "peers",
        description = {
            "Knock-on beside a foreign-key join of Kafka Streams, Flink SQL and a query of PostgreSQL: events a second with nothing",
            "down, and the time from an outage to exact counts. Only ratios within a round say anything."
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
                    "For the throughput; each comes twice: booked, then moved or attended. Default: ${DEFAULT-VALUE}.",
            defaultValue = "500000")
    private int appointments;

    @Option(
            names = "--hit",
            paramLabel = "N",
            description = "How many are booked when everything goes down. Default: ${DEFAULT-VALUE}.",
            defaultValue = "100000")
    private int hit;

    @Option(
            names = "--outages",
            paramLabel = "N",
            description =
                    "How often everything goes down, 2 to 6; the first is told apart from the median of the others. Default: ${DEFAULT-VALUE}.",
            defaultValue = "6")
    private int outages;

    @Option(names = "--outages-alone", description = "Measures no throughput.")
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
            description = "Of the order of programs and events. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description =
                    "Where the figures go. Default: benchmarks/results/peers.json; of outages alone peers-outages.json there.")
    private Path file;

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
                Sandbox sandbox = start()) {
            for (int round = 1; round <= rounds; round++) {
                if (!outagesAlone) {
                    throughput(sandbox, round);
                }
                outage(sandbox, postgres, round);
                // After each round, so that a later one that goes wrong takes nothing with it.
                Results results = new Results();
                settings(results, postgres, round);
                report.write(results);
                results.write(
                        file != null
                                ? file
                                : Path.of("benchmarks/results", outagesAlone ? "peers-outages.json" : "peers.json"));
            }
        }
        return 0;
    }

    private static Sandbox start() {
        System.out.println("starting a broker and a registry");
        return Sandbox.start(SandboxOptions.defaults());
    }

    private void throughput(Sandbox sandbox, int round) throws Exception {
        String prefix = "peers" + round + ".";
        System.out.println("round " + round + " of " + rounds + ", throughput: " + 2 * appointments + " events");
        topics(sandbox, prefix);
        try (OneDataCentre trust = new OneDataCentre(prefix, client(sandbox))) {
            trust.catalogue();
            trust.observe(SystemStatus.UP, OneDataCentre.OPENS);
            // Another order each round, the same for all the programs in it.
            trust.appointmentsAndUpdates(appointments, seed + round);
        }
        for (Competitor contestant : RoundOrder.of(List.of(Competitor.values()), seed, round)) {
            Stopwatch.Lap lap = contestant.throughput(sandbox, prefix, 2L * appointments, checkpoints[0]);
            report.lap(contestant, lap);
            System.out.printf(
                    Locale.ROOT,
                    "  %-14s %,10.0f events a second, warm %,10.0f, CPU %.1f us an event, warm %.1f%n",
                    contestant.shown(),
                    lap.events() / lap.seconds(),
                    lap.events() / 2.0 / lap.warmSeconds(),
                    lap.cpuSeconds() * 1e6 / lap.events(),
                    lap.warmCpuSeconds() * 2e6 / lap.events());
        }
    }

    private void outage(Sandbox sandbox, Postgres postgres, int round) throws Exception {
        String prefix = "outage" + round + ".";
        System.out.println("round " + round + " of " + rounds + ", outage: " + hit + " appointments");
        topics(sandbox, prefix);
        try (OneDataCentre trust = new OneDataCentre(prefix, client(sandbox))) {
            trust.catalogue();
            trust.observe(SystemStatus.UP, OneDataCentre.OPENS);
            trust.appointments(hit);
            OutageRun run = new OutageRun(sandbox, prefix, client(sandbox), trust, OneDataCentre.services(), hit, seed);
            List<String> names = new ArrayList<>();
            Stream.of(Competitor.values()).map(Competitor::name).forEach(names::add);
            names.add(Postgres.SHOWN);
            for (String name : RoundOrder.of(names, seed, round)) {
                OutageRun.Times times = name.equals(Postgres.SHOWN)
                        ? new PostgresRun(postgres, prefix, client(sandbox)).query(OneDataCentre.services(), hit, outages)
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

    private static void topics(Sandbox sandbox, String prefix) throws Exception {
        try (Admin admin = Admin.create(new HashMap<>(client(sandbox)))) {
            TopicAdmin.create(admin, prefix, TopicOptions.DEFAULT.forReplay());
            List<NewTopic> more = Stream.of(Competitor.values())
                    .flatMap(contestant -> Stream.of(contestant.counts(prefix), contestant.outages(prefix)))
                    .distinct()
                    .map(name -> new NewTopic(name, TopicOptions.DEFAULT.partitions(), (short) 1)
                            .configs(Map.of("retention.ms", "-1")))
                    .toList();
            admin.createTopics(more).all().get();
        }
    }

    private static Map<String, Object> client(Sandbox sandbox) {
        return Map.of(
                "bootstrap.servers", sandbox.bootstrapServers(), "schema.registry.url", sandbox.schemaRegistryUrl());
    }

    private void settings(Results results, Postgres postgres, int round) throws Exception {
        results.setting("rounds", round);
        if (!outagesAlone) {
            results.setting("throughput: events", 2 * appointments);
            results.setting("throughput: mix", EventMix.said(appointments));
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
        versions.put("flink", Versions.inJarNames("flink-streaming-java"));
        versions.put("flink's kafka connector", Versions.inJarNames("flink-connector-kafka"));
        versions.put("flink's kafka client", Versions.inJarNames("kafka-clients"));
        versions.put("postgres", postgres.version());
        results.setting("versions", versions);
    }
}
