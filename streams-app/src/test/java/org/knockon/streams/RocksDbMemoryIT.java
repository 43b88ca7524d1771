package org.knockon.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.Requirement;
import org.knockon.oracle.worlds.WorldEvent;
import org.knockon.sandbox.Sandbox;
import org.knockon.streams.app.KnockonStreams;

/** The memory of the stores of four partitions stays within one limit, whatever they hold. */
@ExtendWith(SharedSandbox.class)
@Timeout(300)
class RocksDbMemoryIT {

    private static final long MIB = 1024L * 1024;
    private static final long LIMIT = 16 * MIB;
    /** RocksDB charges memtables in steps, and lets a write finish that passes the limit. */
    private static final long SLACK = 4 * MIB;

    private static final int APPOINTMENTS = 60_000;
    private static final long NOON = Instant.parse("2022-07-19T12:00:00Z").toEpochMilli();

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void memtablesAndCacheOfAllStoresStayWithinTheSetting(Sandbox sandbox) throws Exception {
        try (RealPipeline pipeline = new RealPipeline(sandbox, folder, 4);
                KnockonStreams app = KnockonStreams.start(
                        pipeline.settings(Map.of("http.port", "0", "rocksdb.memory", Long.toString(LIMIT))))) {
            catalogue(pipeline);
            double most = 0;
            long mostMemtables = 0;
            long written = 0;
            for (int i = 0; i < APPOINTMENTS; i++) {
                WorldEvent.Booked booked = booked(i);
                pipeline.send(booked);
                written += booked.version().patientRef().length();
                if (i % 2_000 == 0) {
                    pipeline.flush();
                    most = Math.max(most, sum(metrics(app), "knockon_rocksdb_memory_bytes"));
                    mostMemtables = Math.max(mostMemtables, sum(memtables()));
                }
            }
            pipeline.flush();
            while (!app.awaitIdle(Duration.ofSeconds(1))) {
                most = Math.max(most, sum(metrics(app), "knockon_rocksdb_memory_bytes"));
                mostMemtables = Math.max(mostMemtables, sum(memtables()));
            }
            String metrics = metrics(app);
            most = Math.max(most, sum(metrics, "knockon_rocksdb_memory_bytes"));
            List<Long> memtables = memtables();
            mostMemtables = Math.max(mostMemtables, sum(memtables));

            System.out.printf(
                    "RocksDB with a limit of %d MiB: most %.1f MiB, of it memtables %.1f MiB; %d stores%n",
                    LIMIT / MIB, most / MIB, (double) mostMemtables / MIB, memtables.size());
            assertThat(written).as("more than fits").isGreaterThan(2 * LIMIT / 3);
            assertThat(memtables).as("five stores for each partition").hasSize(4 * 5);
            assertThat(sum(metrics, "knockon_rocksdb_memory_limit_bytes")).isEqualTo(LIMIT);
            assertThat(most).isBetween(4.0 * MIB, (double) LIMIT + SLACK);
            assertThat(mostMemtables).isBetween(MIB, LIMIT / 2 + SLACK);
        }
    }

    private static void catalogue(RealPipeline pipeline) {
        pipeline.send(new WorldEvent.SystemChanged(
                NOON,
                new MonitoredSystem(
                        "epr", "EPR", "RJ1", "application", Set.of(), new MonitoringPolicy(0, 0, 600_000), null)));
        pipeline.send(new WorldEvent.ServiceChanged(
                NOON,
                new CareService(
                        "clinic",
                        "Clinic",
                        "RJ1",
                        "RJ121",
                        "",
                        "100",
                        Category.OUTPATIENT,
                        List.of(new Requirement("epr", Capability.RECORDS, 0)))));
        pipeline.flush();
    }

    private static WorldEvent.Booked booked(int number) {
        long slot = NOON + number * 60_000L;
        return new WorldEvent.Booked(new AppointmentVersion(
                "appointment-" + number,
                1,
                AppointmentStatus.BOOKED,
                null,
                "clinic",
                slot,
                slot + 600_000,
                Priority.ROUTINE,
                "p".repeat(240),
                null,
                NOON,
                null));
    }

    private String metrics(KnockonStreams app) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + app.httpPort().orElseThrow() + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /**
     * As RocksDB itself counts them, for each store that has such a gauge by now. Kafka makes the gauges of a store one
     * after the other, and registers the bean again for each, so one that was listed may be gone or lack the gauge.
     */
    private static List<Long> memtables() throws JMException {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        List<Long> sizes = new ArrayList<>();
        for (ObjectName store : beans.queryNames(new ObjectName("kafka.streams:type=stream-state-metrics,*"), null)) {
            if (store.getKeyProperty("rocksdb-state-id") != null) {
                sizes.addAll(memtables(beans, store));
            }
        }
        return sizes;
    }

    private static List<Long> memtables(MBeanServer beans, ObjectName store) throws JMException {
        try {
            return beans.getAttributes(store, new String[] {"cur-size-all-mem-tables"}).asList().stream()
                    .map(gauge -> ((Number) gauge.getValue()).longValue())
                    .toList();
        } catch (InstanceNotFoundException e) {
            return List.of();
        }
    }

    private static long sum(List<Long> sizes) {
        return sizes.stream().mapToLong(Long::longValue).sum();
    }

    private static double sum(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
