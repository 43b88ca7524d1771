package org.knockon.benchmarks.growth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.knockon.benchmarks.harness.AppProcess;
import org.knockon.benchmarks.harness.AppSettings;
import org.knockon.benchmarks.harness.CountsReader;
import org.knockon.benchmarks.harness.Elapsed;
import org.knockon.benchmarks.harness.EstateClock;
import org.knockon.benchmarks.harness.EventWriter;
import org.knockon.benchmarks.harness.ExpectedCounts;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.Spread;
import org.knockon.benchmarks.harness.SyntheticRecords;
import org.knockon.benchmarks.harness.Testbed;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.Topics;

/**
 * The catalogue of a whole region on a real broker: a tree of systems, ten below each; two services for five systems; an appointment
 * for each service; then an outage of the system at the top. Everything is written at once, and the app reads as fast as it can.
 */
final class LargeCatalogue {

    private static final String PREFIX = "bench.";
    private static final int BELOW_EACH = 10;
    private static final int THREADS = 2;
    private static final long CONFIRM_MILLIS = 1_000;

    /**
     * @param fromFirst seconds from the first record to the last exact count
     * @param fromLast seconds from the acknowledgement of the last record to the last exact count
     */
    private record Lap(double fromFirst, double fromLast, double cpuSeconds) {}

    private final int systems;
    private final int services;
    private final EventWriter writer;

    private LargeCatalogue(EventWriter writer, int systems) {
        this.writer = writer;
        this.systems = systems;
        services = Math.max(1, systems * 2 / 5);
    }

    /** @param sizes numbers of systems */
    static void measure(List<Integer> sizes, int rounds, Results results) throws Exception {
        results.setting("services and appointments", "two for five systems");
        results.setting("app threads", THREADS);
        String counted = Series.LARGE_CATALOGUE.counted();
        for (int size : sizes) {
            List<Lap> laps = new ArrayList<>();
            for (int round = 1; round <= rounds; round++) {
                System.out.printf(Locale.ROOT, "round %d of %d: %,d %s%n", round, rounds, size, counted);
                laps.add(lap(size));
            }
            String subject = String.format(Locale.ROOT, "%,d %s: ", size, counted);
            results.figure(subject + "from the last record to the outage counted, s", Spread.of(laps, Lap::fromLast));
            results.figure(subject + "from the first record to the outage counted, s", Spread.of(laps, Lap::fromFirst));
            results.figure(subject + "CPU of the app, s", Spread.of(laps, Lap::cpuSeconds));
        }
    }

    /** On a broker of its own. */
    private static Lap lap(int systems) throws Exception {
        try (Testbed testbed = Testbed.start()) {
            testbed.createTopics(PREFIX);
            Map<String, Object> client = testbed.client();
            try (AppProcess app = AppProcess.start(AppSettings.replay(PREFIX, testbed.folder("app"), THREADS), client);
                    CountsReader counts = new CountsReader(PREFIX, client);
                    EventWriter writer = new EventWriter(PREFIX, client)) {
                app.awaitRunning();
                double cpu = app.cpuSeconds();
                Elapsed fromFirst = new Elapsed();
                LargeCatalogue catalogue = new LargeCatalogue(writer, systems);
                catalogue.write();
                Elapsed fromLast = new Elapsed();
                new ExpectedCounts(catalogue.services, 0).await(counts);
                return new Lap(fromFirst.seconds(), fromLast.seconds(), app.cpuSeconds() - cpu);
            }
        }
    }

    private void write() {
        long opens = EstateClock.OPENS;
        MonitoringPolicy policy = SyntheticRecords.policy(CONFIRM_MILLIS);
        for (int i = 0; i < systems; i++) {
            Set<String> above = i == 0 ? Set.of() : Set.of(system((i - 1) / BELOW_EACH));
            writer.send(Topics.SYSTEMS, system(i), SyntheticRecords.system(system(i), system(i), above, policy), opens);
        }
        for (int i = 0; i < services; i++) {
            writer.send(
                    Topics.CARE_SERVICES,
                    service(i),
                    SyntheticRecords.service(service(i), i, List.of(system(systems - 1 - i))),
                    opens);
        }
        for (int i = 0; i < services; i++) {
            long slot = opens + (120 + i % 600) * SyntheticRecords.MINUTE;
            String id = "a-" + i;
            writer.send(
                    Topics.APPOINTMENTS,
                    id,
                    SyntheticRecords.version(id, 1, AppointmentStatus.BOOKED, service(i), slot, "p-" + i, opens),
                    opens);
        }
        SystemStatus[] statuses = {SystemStatus.UP, SystemStatus.DOWN, SystemStatus.DOWN};
        for (int i = 0; i < statuses.length; i++) {
            long at = opens + i * SyntheticRecords.MINUTE;
            writer.send(Topics.SYSTEM_HEALTH, system(0), SyntheticRecords.observation(system(0), statuses[i], at), at);
        }
        writer.flush();
    }

    private static String system(int i) {
        return "system-" + i;
    }

    private static String service(int i) {
        return "clinic-" + i;
    }
}
