package org.knockon.benchmarks.footprint;

import org.knockon.benchmarks.harness.CountsReader;
import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.ExpectedCounts;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.ServiceGroup;
import org.knockon.benchmarks.harness.Testbed;
import org.knockon.schemas.Topics;
import org.knockon.streams.app.KnockonStreams;
import org.knockon.streams.app.StreamsAppSettings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Bytes an appointment, after its first version and after its second. */
@Command(
        name = "footprint",
        description = {
            "Bytes an appointment: state on disk once the app is closed, changelogs on the broker, not compacted yet,",
            "beside its snapshot in Avro."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./bench footprint --appointments 1000000"})
public final class FootprintCommand implements Callable<Integer> {

    private static final String PREFIX = "bench.";
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final String CHANGELOG = "-changelog";
    private static final String UNIT = ": bytes an appointment";

    private final ServiceGroup all = new ServiceGroup("all", 1, 100);

    @Option(
            names = "--appointments",
            paramLabel = "N",
            description = "Each is booked, then moved or attended. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1000000")
    private int appointments;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Where the figures go. Default: ${DEFAULT-VALUE}.",
            defaultValue = "benchmarks/results/footprint.json")
    private Path file;

    @Override
    public Integer call() throws Exception {
        Results results = new Results();
        results.setting("appointments", appointments);
        results.setting("changelogs", "not compacted, lz4; one replica");
        results.setting("seed", "none: nothing is random");
        try (Testbed stage = Testbed.open()) {
            stage.createTopics(PREFIX);
            try (Estate estate = new Estate(PREFIX, stage.client())) {
                System.out.println("booking " + appointments + " appointments");
                try (KnockonStreams app = start(stage)) {
                    estate.open(List.of(all));
                    // Otherwise appointments would wait in a store of their own for the catalogue.
                    requireQuiet(app);
                    for (int i = 0; i < appointments; i++) {
                        estate.book(all, i);
                    }
                    estate.flush();
                    requireQuiet(app);
                }
                say("first version, ", stage, estate.snapshotBytes(), results);
                long first = estate.snapshotBytes();
                System.out.println("writing their second versions");
                try (KnockonStreams app = start(stage)) {
                    for (int i = 0; i < appointments; i++) {
                        estate.update(all, i);
                    }
                    estate.flush();
                    requireQuiet(app);
                }
                say("second version, ", stage, estate.snapshotBytes() - first, results);
                count(stage, estate, results);
            }
        }
        results.write(file);
        return 0;
    }

    /** That all of them are really there: an outage finds each. */
    private void count(Testbed stage, Estate estate, Results results) throws Exception {
        System.out.println("taking everything down, to count them");
        long moved = 0;
        for (int i = 0; i < appointments; i++) {
            moved += Estate.movedBy(i) ? 1 : 0;
        }
        try (KnockonStreams app = start(stage);
                CountsReader counts = new CountsReader(PREFIX, stage.client())) {
            requireQuiet(app);
            estate.takeDown(all);
            new ExpectedCounts(moved, appointments - moved).await(counts, LONGEST);
            results.figure("counted at risk", moved);
            results.figure("counted delivered in downtime", appointments - moved);
        }
    }

    private void say(String when, Testbed stage, long snapshots, Results results) throws Exception {
        results.figure(when + "mean snapshot in Avro" + UNIT, each(snapshots));
        Map<String, Long> stores = Disk.stores(stage.folder("app"));
        stores.forEach((store, bytes) -> results.figure(when + "store " + store + UNIT, each(bytes)));
        results.figure(when + "all stores on disk" + UNIT, each(sum(stores)));
        Map<String, Long> changelogs = Disk.topics(stage.client(), Testbed.group(PREFIX) + "-");
        changelogs.keySet().removeIf(topic -> !topic.endsWith(CHANGELOG));
        changelogs.forEach((topic, bytes) -> {
            if (each(bytes) > 0) {
                results.figure(when + "changelog " + topic.replace(CHANGELOG, "") + UNIT, each(bytes));
            }
        });
        results.figure(when + "all changelogs" + UNIT, each(sum(changelogs)));
        long input = Disk.topics(stage.client(), PREFIX).getOrDefault(Topics.APPOINTMENTS.shortName(), 0L);
        results.figure(when + "topic appointments, all versions" + UNIT, each(input));
    }

    private double each(long bytes) {
        return Math.round(10.0 * bytes / appointments) / 10.0;
    }

    private static long sum(Map<String, Long> bytes) {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    private static KnockonStreams start(Testbed stage) {
        return KnockonStreams.start(
                StreamsAppSettings.parse(Testbed.settings(PREFIX, stage.folder("app"), 2), stage.client()));
    }

    private static void requireQuiet(KnockonStreams app) throws InterruptedException {
        if (!app.awaitQuiet(LONGEST)) {
            throw new IllegalStateException("the app has not come to rest");
        }
    }
}
