package org.knockon.benchmarks.growth;

import org.knockon.benchmarks.harness.AppProcess;
import org.knockon.benchmarks.harness.CountsReader;
import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.ExpectedCounts;
import org.knockon.benchmarks.harness.Testbed;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.Requirement;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;


import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A catalogue of a whole region on a real broker: systems in a tree with ten below each, two services for five systems, an appointment
 * for each service, and then the outage of the system at the top. All is written at once, and the app reads as fast as it can.
 */
final class LargeCatalogue {

    private static final String PREFIX = "bench.";
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final long MINUTE = 60_000;
    private static final int BELOW_EACH = 10;
    private static final int THREADS = 2;

    /**
     * @param fromFirst seconds from the first record to the last exact count
     * @param fromLast seconds from the broker's answer to the last record to the last exact count
     */
    record Lap(double fromFirst, double fromLast, double cpuSeconds) {}

    private final int systems;
    private final KnockonSerdes serdes;
    private final Producer<String, byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    private LargeCatalogue(Map<String, Object> client, int systems) {
        this.systems = systems;
        serdes = new KnockonSerdes(client);
        Map<String, Object> tuned = new HashMap<>(client);
        tuned.putAll(Map.of("linger.ms", 20, "batch.size", 256 * 1024, "compression.type", "lz4"));
        producer = new KafkaProducer<>(tuned, new StringSerializer(), new ByteArraySerializer());
    }

    /** On a broker of its own. */
    static Lap lap(int systems) throws Exception {
        try (Testbed stage = Testbed.open()) {
            stage.createTopics(PREFIX);
            try (AppProcess app =
                            AppProcess.start(Testbed.settings(PREFIX, stage.folder("app"), THREADS), stage.client());
                    CountsReader counts = new CountsReader(PREFIX, stage.client())) {
                app.awaitRunning();
                LargeCatalogue catalogue = new LargeCatalogue(stage.client(), systems);
                return catalogue.run(app, counts);
            }
        }
    }

    static int services(int systems) {
        return Math.max(1, systems * 2 / 5);
    }

    private Lap run(AppProcess app, CountsReader counts) {
        try (serdes;
                producer) {
            double cpu = app.cpuSeconds();
            long began = System.nanoTime();
            write();
            long written = System.nanoTime();
            new ExpectedCounts(services(systems), 0).await(counts, LONGEST);
            long counted = System.nanoTime();
            return new Lap((counted - began) / 1e9, (counted - written) / 1e9, app.cpuSeconds() - cpu);
        }
    }

    private void write() {
        MonitoringPolicy policy = new MonitoringPolicy(Estate.CONFIRM, Estate.CONFIRM, 24 * 60 * MINUTE);
        for (int i = 0; i < systems; i++) {
            Set<String> above = i == 0 ? Set.of() : Set.of(system((i - 1) / BELOW_EACH));
            send(
                    Topics.SYSTEMS,
                    system(i),
                    new MonitoredSystem(system(i), system(i), "ZZ9", "APPLICATION", above, policy, null),
                    Estate.OPENS);
        }
        for (int i = 0; i < services(systems); i++) {
            send(
                    Topics.CARE_SERVICES,
                    service(i),
                    new CareService(
                            service(i),
                            service(i),
                            "ZZ9",
                            "ZZ90" + i % 5,
                            Integer.toString(100 + i % 40),
                            Category.OUTPATIENT,
                            List.of(new Requirement(system(systems - 1 - i), Capability.RECORDS, 0))),
                    Estate.OPENS);
        }
        for (int i = 0; i < services(systems); i++) {
            long slot = Estate.OPENS + (120 + i % 600) * MINUTE;
            String id = "a-" + i;
            send(
                    Topics.APPOINTMENTS,
                    id,
                    new AppointmentVersion(
                            id,
                            1,
                            AppointmentStatus.BOOKED,
                            null,
                            service(i),
                            slot,
                            slot + 20 * MINUTE,
                            Priority.ROUTINE,
                            "p-" + i,
                            null,
                            Estate.OPENS),
                    Estate.OPENS);
        }
        SystemStatus[] statuses = {SystemStatus.UP, SystemStatus.DOWN, SystemStatus.DOWN};
        for (int i = 0; i < statuses.length; i++) {
            long at = Estate.OPENS + i * MINUTE;
            send(Topics.SYSTEM_HEALTH, system(0), new Observation(system(0), statuses[i], at, "probe", null), at);
        }
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("a record could not be written", failure.get());
        }
    }

    private <V> void send(Topic<V> topic, String key, V value, long at) {
        String name = topic.name(PREFIX);
        byte[] bytes = serdes.value(topic).serializer().serialize(name, value);
        producer.send(new ProducerRecord<>(name, null, at, key, bytes), (sent, problem) -> {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            }
        });
    }

    private static String system(int i) {
        return "system-" + i;
    }

    private static String service(int i) {
        return "clinic-" + i;
    }
}
