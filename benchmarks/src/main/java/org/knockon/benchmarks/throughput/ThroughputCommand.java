package org.knockon.benchmarks.throughput;

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
import org.knockon.benchmarks.Jvms;
import org.knockon.benchmarks.Mix;
import org.knockon.benchmarks.Order;
import org.knockon.benchmarks.Results;
import org.knockon.benchmarks.Trust;
import org.knockon.impact.model.SystemStatus;
import org.knockon.sandbox.Sandbox;
import org.knockon.sandbox.SandboxOptions;
import org.knockon.schemas.admin.TopicAdmin;
import org.knockon.schemas.admin.TopicOptions;
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

    private final Map<Program, List<Stopwatch.Lap>> laps = new EnumMap<>(Program.class);

    @Override
    public Integer call() throws Exception {
        Results results = new Results();
        results.setting("rounds", rounds);
        results.setting("events", 2 * appointments);
        results.setting("mix", Mix.said(appointments));
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
                Trust trust = new Trust(prefix, client)) {
            TopicAdmin.create(admin, prefix, TopicOptions.DEFAULT.forReplay());
            for (String topic : List.of(
                    Program.PASS_THROUGH.group(prefix) + ".out",
                    Program.ONE_STORE.group(prefix) + ".out",
                    Program.DSL_JOIN.group(prefix) + ".out",
                    prefix + DslJoin.OUTAGES)) {
                admin.createTopics(List.of(new NewTopic(topic, TopicOptions.DEFAULT.partitions(), (short) 1)
                                .configs(Map.of("retention.ms", "-1"))))
                        .all()
                        .get();
            }
            trust.catalogue();
            trust.observe(SystemStatus.UP, Trust.OPENS);
            // Another order each round, the same for all the programs in it.
            trust.appointmentsAndUpdates(appointments, seed + round);
        }
        for (Program program : Order.of(List.of(Program.values()), seed, round)) {
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

    private Stopwatch.Lap inItsOwnJvm(Program program, Sandbox sandbox, String prefix)
            throws IOException, InterruptedException {
        Process process = Jvms.start(
                1_024,
                List.of(),
                System.getProperty("java.class.path"),
                Program.class.getName(),
                List.of(
                        program.name(),
                        sandbox.bootstrapServers(),
                        sandbox.schemaRegistryUrl(),
                        prefix,
                        Integer.toString(2 * appointments)));
        return JSON.readValue(Jvms.said(process), Stopwatch.Lap.class);
    }

    private void report(Results results) {
        for (Program program : Program.values()) {
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
        for (Program limit : List.of(Program.CONSUMER, Program.PASS_THROUGH, Program.ONE_STORE, Program.DSL_JOIN)) {
            String name = limit.name().toLowerCase(Locale.ROOT);
            results.figure("knockon / " + name + ": speed", ratio(limit, lap -> 1 / lap.seconds()));
            results.figure("knockon / " + name + ": CPU an event", ratio(limit, Stopwatch.Lap::cpuSeconds));
            results.figure("knockon / " + name + ": speed, warm half", ratio(limit, lap -> 1 / lap.warmSeconds()));
            results.figure(
                    "knockon / " + name + ": CPU an event, warm half", ratio(limit, Stopwatch.Lap::warmCpuSeconds));
        }
    }

    /** Of each round by itself. */
    private Spread ratio(Program limit, ToDoubleFunction<Stopwatch.Lap> figure) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            ratios.add(figure.applyAsDouble(laps.get(Program.KNOCKON).get(round))
                    / figure.applyAsDouble(laps.get(limit).get(round)));
        }
        return Spread.of(ratios, Double::doubleValue);
    }
}
