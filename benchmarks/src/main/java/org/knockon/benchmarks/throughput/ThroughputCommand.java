package org.knockon.benchmarks.throughput;

import org.knockon.benchmarks.harness.ChildJvm;
import org.knockon.benchmarks.harness.EventMix;
import org.knockon.benchmarks.harness.OneDataCentre;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.RoundOrder;
import org.knockon.benchmarks.harness.Spread;
import org.knockon.benchmarks.harness.Stopwatch;
import org.knockon.benchmarks.programs.ComparedProgram;
import org.knockon.benchmarks.programs.DslJoin;
import org.knockon.impact.model.SystemStatus;
import org.knockon.sandbox.Sandbox;
import org.knockon.sandbox.SandboxOptions;
import org.knockon.schemas.admin.TopicAdmin;
import org.knockon.schemas.admin.TopicOptions;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Rounds of all programs over the same topic, each in a fresh JVM, the order shuffled in each round. */
@Command(
        name = "throughput",
        description = {
            "Events a second with nothing down, beside a consumer, an empty exactly-once topology, and one with a store.",
            "Only ratios within a round say anything: the speed of a machine drifts."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./bench throughput --rounds 5 --appointments 500000"})
public final class ThroughputCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--rounds", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "5")
    private int rounds;

    @Option(
            names = "--appointments",
            paramLabel = "N",
            description = "Each comes twice: booked, then moved or attended. Default: ${DEFAULT-VALUE}.",
            defaultValue = "500000")
    private int appointments;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Where the figures go. Default: ${DEFAULT-VALUE}.",
            defaultValue = "benchmarks/results/throughput.json")
    private Path file;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the order of programs and events. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private long seed;

    private final Map<ComparedProgram, List<Stopwatch.Lap>> laps = new EnumMap<>(ComparedProgram.class);

    @Override
    public Integer call() throws Exception {
        Results results = new Results();
        results.setting("rounds", rounds);
        results.setting("events", 2 * appointments);
        results.setting("mix", EventMix.said(appointments));
        results.setting("seed", seed);
        results.setting("every JVM", "1 GiB heap, 256 MiB of it young, serial collector, a fresh one for each program");
        results.setting("streams threads, commit interval ms, linger ms, batch bytes", "2, 100, 20, 262144, lz4");
        System.out.println("starting a broker and a registry");
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
            for (int round = 1; round <= rounds; round++) {
                round(sandbox, round);
            }
        }
        report(results);
        results.write(file);
        return 0;
    }

    private void round(Sandbox sandbox, int round) throws Exception {
        String prefix = "bench" + round + ".";
        Map<String, Object> client = Map.of(
                "bootstrap.servers", sandbox.bootstrapServers(), "schema.registry.url", sandbox.schemaRegistryUrl());
        System.out.println("round " + round + " of " + rounds + ": writing " + 2 * appointments + " events");
        try (Admin admin = Admin.create(new HashMap<>(client));
                OneDataCentre trust = new OneDataCentre(prefix, client)) {
            TopicAdmin.create(admin, prefix, TopicOptions.DEFAULT.forReplay());
            for (String topic : List.of(
                    ComparedProgram.PASS_THROUGH.group(prefix) + ".out",
                    ComparedProgram.ONE_STORE.group(prefix) + ".out",
                    ComparedProgram.DSL_JOIN.group(prefix) + ".out",
                    prefix + DslJoin.OUTAGES)) {
                admin.createTopics(List.of(new NewTopic(topic, TopicOptions.DEFAULT.partitions(), (short) 1)
                                .configs(Map.of("retention.ms", "-1"))))
                        .all()
                        .get();
            }
            trust.catalogue();
            trust.observe(SystemStatus.UP, OneDataCentre.OPENS);
            // Another order each round, the same for all the programs in it.
            trust.appointmentsAndUpdates(appointments, seed + round);
        }
        for (ComparedProgram program : RoundOrder.of(List.of(ComparedProgram.values()), seed, round)) {
            Stopwatch.Lap lap = inItsOwnJvm(program, sandbox, prefix);
            laps.computeIfAbsent(program, p -> new ArrayList<>()).add(lap);
            System.out.printf(
                    Locale.ROOT,
                    "  %-12s %,10.0f events a second, warm %,10.0f, CPU %.1f us an event, warm %.1f%n",
                    program.name().toLowerCase(Locale.ROOT),
                    lap.events() / lap.seconds(),
                    lap.events() / 2.0 / lap.warmSeconds(),
                    lap.cpuSeconds() * 1e6 / lap.events(),
                    lap.warmCpuSeconds() * 2e6 / lap.events());
        }
    }

    private Stopwatch.Lap inItsOwnJvm(ComparedProgram program, Sandbox sandbox, String prefix)
            throws IOException, InterruptedException {
        Process process = ChildJvm.start(
                1_024,
                List.of(),
                System.getProperty("java.class.path"),
                ComparedProgram.class.getName(),
                List.of(
                        program.name(),
                        sandbox.bootstrapServers(),
                        sandbox.schemaRegistryUrl(),
                        prefix,
                        Integer.toString(2 * appointments)));
        return JSON.readValue(ChildJvm.said(process), Stopwatch.Lap.class);
    }

    private void report(Results results) {
        for (ComparedProgram program : ComparedProgram.values()) {
            String name = program.name().toLowerCase(Locale.ROOT);
            results.figure(
                    name + ": events a second", Spread.of(laps.get(program), lap -> lap.events() / lap.seconds()));
            results.figure(
                    name + ": events a second, warm half",
                    Spread.of(laps.get(program), lap -> lap.events() / 2.0 / lap.warmSeconds()));
            results.figure(
                    name + ": CPU us an event",
                    Spread.of(laps.get(program), lap -> lap.cpuSeconds() * 1e6 / lap.events()));
            results.figure(
                    name + ": CPU us an event, warm half",
                    Spread.of(laps.get(program), lap -> lap.warmCpuSeconds() * 2e6 / lap.events()));
        }
        for (ComparedProgram limit : List.of(ComparedProgram.CONSUMER, ComparedProgram.PASS_THROUGH, ComparedProgram.ONE_STORE, ComparedProgram.DSL_JOIN)) {
            String name = limit.name().toLowerCase(Locale.ROOT);
            results.figure("knockon / " + name + ": speed", ratio(limit, lap -> 1 / lap.seconds()));
            results.figure("knockon / " + name + ": CPU an event", ratio(limit, Stopwatch.Lap::cpuSeconds));
            results.figure("knockon / " + name + ": speed, warm half", ratio(limit, lap -> 1 / lap.warmSeconds()));
            results.figure(
                    "knockon / " + name + ": CPU an event, warm half", ratio(limit, Stopwatch.Lap::warmCpuSeconds));
        }
    }

    /** Of each round by itself. */
    private Spread ratio(ComparedProgram limit, ToDoubleFunction<Stopwatch.Lap> figure) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            ratios.add(figure.applyAsDouble(laps.get(ComparedProgram.KNOCKON).get(round))
                    / figure.applyAsDouble(laps.get(limit).get(round)));
        }
        return Spread.of(ratios, Double::doubleValue);
    }
}
