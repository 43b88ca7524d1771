package org.knockon.benchmarks.wholetrust;

import org.knockon.benchmarks.harness.CountsReader;
import org.knockon.benchmarks.harness.OneDataCentre;
import org.knockon.benchmarks.harness.Results;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.SystemStatus;
import org.knockon.sandbox.Sandbox;
import org.knockon.sandbox.SandboxOptions;
import org.knockon.schemas.admin.TopicAdmin;
import org.knockon.schemas.admin.TopicOptions;
import org.knockon.streams.app.KnockonStreams;
import org.knockon.streams.app.StreamsAppSettings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The outage of everything, with every appointment of the day ahead, and what the stream threads do meanwhile. */
@Command(
        name = "whole-trust",
        description =
                "Books appointments, takes the whole trust down, and measures the longest processing step and poll gap.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./bench whole-trust --appointments 1000000"})
public final class WholeTrustCommand implements Callable<Integer> {

    private static final String PREFIX = "bench.";
    private static final Duration LONGEST = Duration.ofMinutes(15);

    @Option(
            names = "--appointments",
            paramLabel = "N",
            description = "How many are booked, all of them within the horizon. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1000000")
    private int appointments;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Where the figures go. Default: ${DEFAULT-VALUE}.",
            defaultValue = "benchmarks/results/whole-trust.json")
    private Path file;

    @Override
    public Integer call() throws Exception {
        Results results = new Results();
        results.setting("appointments", appointments);
        Path stateDir = Files.createTempDirectory("knockon-bench");
        boolean right;
        System.out.println("starting a broker and a registry");
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
            Map<String, Object> client = Map.of(
                    "bootstrap.servers",
                    sandbox.bootstrapServers(),
                    "schema.registry.url",
                    sandbox.schemaRegistryUrl());
            try (Admin admin = Admin.create(new HashMap<>(client))) {
                TopicAdmin.create(admin, PREFIX, TopicOptions.DEFAULT.forReplay());
            }
            try (OneDataCentre trust = new OneDataCentre(PREFIX, client)) {
                load(trust, settings(client, stateDir), results);
                right = takeDown(trust, settings(client, stateDir), client, results);
            }
        }
        results.write(file);
        return right ? 0 : 1;
    }

    private void load(OneDataCentre trust, StreamsAppSettings settings, Results results) throws Exception {
        System.out.println("booking " + appointments + " appointments");
        try (KnockonStreams app = KnockonStreams.start(settings)) {
            trust.catalogue();
            trust.observe(SystemStatus.UP, OneDataCentre.OPENS);
            long began = System.nanoTime();
            trust.appointments(appointments);
            requireQuiet(app);
            results.figure("load: appointments a second", Math.round(appointments / secondsSince(began)));
            results.figure("load: longest step, ms", app.activity().longestStepNanos() / 1_000_000);
        }
    }

    /** In an app started anew on the same state, so that its figures are of the outage alone. */
    private boolean takeDown(OneDataCentre trust, StreamsAppSettings settings, Map<String, Object> client, Results results)
            throws Exception {
        System.out.println("starting again, then taking the trust down");
        long restarted = System.nanoTime();
        try (KnockonStreams app = KnockonStreams.start(settings);
                CountsReader counts = new CountsReader(PREFIX, client)) {
            requireQuiet(app);
            results.figure("restart with the state kept, s", rounded(secondsSince(restarted)));
            long began = System.nanoTime();
            trust.observe(SystemStatus.DOWN, OneDataCentre.OPENS + OneDataCentre.MINUTE);
            trust.observe(SystemStatus.DOWN, OneDataCentre.OPENS + 5 * OneDataCentre.MINUTE);
            long atRisk = 0;
            double firstCount = 0;
            while (atRisk < appointments && secondsSince(began) < LONGEST.toSeconds()) {
                atRisk = counts.of(Cell.ALL).atRisk();
                firstCount = firstCount == 0 && atRisk > 0 ? secondsSince(began) : firstCount;
            }
            double all = secondsSince(began);
            requireQuiet(app);
            results.figure("outage: first count seen after, s", rounded(firstCount));
            results.figure("outage: every appointment counted after, s", rounded(all));
            results.figure("outage: longest step, ms", rounded(app.activity().longestStepNanos() / 1e6));
            results.figure(
                    "outage: longest poll gap, ms",
                    rounded(PollGap.longestPollGap(app.httpPort().orElseThrow())));
            results.figure("outage: counted at risk", counts.of(Cell.ALL).atRisk());
            results.figure("outage: counted at risk, sum of services", counts.sumOfServices());
            return counts.of(Cell.ALL).atRisk() == appointments && counts.sumOfServices() == appointments;
        }
    }

    private static void requireQuiet(KnockonStreams app) throws InterruptedException {
        if (!app.awaitQuiet(LONGEST)) {
            throw new IllegalStateException(
                    "the streams app has not come to rest within " + LONGEST.toMinutes() + " min");
        }
    }

    private static StreamsAppSettings settings(Map<String, Object> client, Path stateDir) {
        return StreamsAppSettings.parse(
                Map.of(
                        "prefix",
                        PREFIX,
                        "clock",
                        "replay",
                        "replay.from",
                        Instant.ofEpochMilli(OneDataCentre.OPENS).toString(),
                        "replay.until",
                        Instant.ofEpochMilli(OneDataCentre.OPENS)
                                .plus(Duration.ofDays(2))
                                .toString(),
                        "state.dir",
                        stateDir.toString(),
                        "http.port",
                        "0"),
                client);
    }

    private static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1e9;
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
