package org.knockon.benchmarks.footprint;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.knockon.benchmarks.harness.AppSettings;
import org.knockon.benchmarks.harness.CountsReader;
import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.ExpectedCounts;
import org.knockon.benchmarks.harness.LocalApp;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.ResultsOption;
import org.knockon.benchmarks.harness.ServiceGroup;
import org.knockon.benchmarks.harness.Testbed;
import org.knockon.schemas.Topics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Bytes per appointment, after its first version and after its second. */
@Command(
        name = "footprint",
        description = {
            "Bytes per appointment: state on disk once the app is closed, and changelogs on the broker, not compacted yet;",
            "compared with its snapshot in Avro."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./bench footprint --appointments 1000000"})
public final class FootprintCommand implements Callable<Integer> {

    private static final String PREFIX = "bench.";
    private static final String CHANGELOG = "-changelog";
    private static final String UNIT = ": bytes an appointment";

    private final ServiceGroup all = new ServiceGroup("all", 1, 100);

    @Option(
            names = "--appointments",
            paramLabel = "N",
            description = "Each is booked, then moved or attended. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1000000")
    private int appointments;

    @Mixin
    private ResultsOption file;

    @Override
    public Integer call() throws Exception {
        Results results = new Results();
        results.setting("appointments", appointments);
        results.setting("changelogs", "not compacted, lz4; one replica");
        results.setting("seed", "none: nothing is random");
        try (Testbed testbed = Testbed.start()) {
            testbed.createTopics(PREFIX);
            try (Estate estate = Estate.simulated(PREFIX, testbed.client())) {
                System.out.println("booking " + appointments + " appointments");
                try (LocalApp app = start(testbed)) {
                    estate.open(List.of(all));
                    // Otherwise appointments would be stored until the catalogue is complete.
                    app.awaitIdle();
                    estate.book(all, 0, appointments);
                    estate.flush();
                    app.awaitIdle();
                }
                report("first version, ", testbed, estate.snapshotBytes(), results);
                long first = estate.snapshotBytes();
                System.out.println("writing their second versions");
                try (LocalApp app = start(testbed)) {
                    for (int i = 0; i < appointments; i++) {
                        estate.update(all, i);
                    }
                    estate.flush();
                    app.awaitIdle();
                }
                report("second version, ", testbed, estate.snapshotBytes() - first, results);
                count(testbed, estate, results);
            }
        }
        results.write(file.fileFor("footprint"));
        return 0;
    }

    /** Checks that all appointments are stored: an outage finds each of them. */
    private void count(Testbed testbed, Estate estate, Results results) throws Exception {
        System.out.println("taking everything down, to count them");
        ExpectedCounts expected = Estate.updatedAndDown(appointments);
        try (LocalApp app = start(testbed);
                CountsReader counts = new CountsReader(PREFIX, testbed.client())) {
            app.awaitIdle();
            estate.takeDown(all);
            expected.await(counts);
            results.figure("counted at risk", expected.atRisk());
            results.figure("counted delivered in downtime", expected.delivered());
        }
    }

    private void report(String when, Testbed testbed, long snapshots, Results results) throws Exception {
        results.figure(when + "mean snapshot in Avro" + UNIT, each(snapshots));
        Map<String, Long> stores = Disk.stores(testbed.folder("app"));
        stores.forEach((store, bytes) -> results.figure(when + "store " + store + UNIT, each(bytes)));
        results.figure(when + "all stores on disk" + UNIT, each(sum(stores)));
        Map<String, Long> changelogs = Disk.topics(testbed.client(), AppSettings.group(PREFIX) + "-");
        changelogs.keySet().removeIf(topic -> !topic.endsWith(CHANGELOG));
        changelogs.forEach((topic, bytes) -> {
            if (each(bytes) > 0) {
                results.figure(when + "changelog " + topic.replace(CHANGELOG, "") + UNIT, each(bytes));
            }
        });
        results.figure(when + "all changelogs" + UNIT, each(sum(changelogs)));
        long input = Disk.topics(testbed.client(), PREFIX).getOrDefault(Topics.APPOINTMENTS.shortName(), 0L);
        results.figure(when + "topic appointments, all versions" + UNIT, each(input));
    }

    private double each(long bytes) {
        return Math.round(10.0 * bytes / appointments) / 10.0;
    }

    private static long sum(Map<String, Long> bytes) {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    private static LocalApp start(Testbed testbed) {
        return LocalApp.start(AppSettings.replay(PREFIX, testbed.folder("app"), 2), testbed.client());
    }
}
