package org.knockon.benchmarks.harness;

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


import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A synthetic trust in which every service needs the one data centre, and everybody has an appointment within the day: nothing can be
 * hit harder.
 */
public final class OneDataCentre implements AutoCloseable {

    public static final long OPENS = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    public static final long MINUTE = 60_000L;
    private static final int SERVICES = 120;
    private static final String DATA_CENTRE = "data-centre";

    private final String prefix;
    private final KnockonSerdes serdes;
    private final Producer<String, byte[]> producer;

    public OneDataCentre(String prefix, Map<String, Object> client) {
        this.prefix = prefix;
        serdes = new KnockonSerdes(client);
        Map<String, Object> tuned = new HashMap<>(client);
        tuned.putAll(Map.of("linger.ms", 50, "batch.size", 256 * 1024, "compression.type", "lz4"));
        producer = new KafkaProducer<>(tuned, new StringSerializer(), new ByteArraySerializer());
    }

    public void catalogue() {
        MonitoringPolicy policy = new MonitoringPolicy(2 * MINUTE, 5 * MINUTE, 24 * 60 * MINUTE);
        send(
                Topics.SYSTEMS,
                DATA_CENTRE,
                new MonitoredSystem(DATA_CENTRE, "Data centre", "ZZ9", "DATA_CENTRE", Set.of(), policy, null),
                OPENS);
        for (int i = 0; i < SERVICES; i++) {
            send(
                    Topics.CARE_SERVICES,
                    service(i),
                    new CareService(
                            service(i),
                            "Clinic " + i,
                            "ZZ9",
                            "ZZ90" + i % 5,
                            Integer.toString(100 + i % 40),
                            Category.OUTPATIENT,
                            List.of(new Requirement(DATA_CENTRE, Capability.RECORDS, 0))),
                    OPENS);
        }
        producer.flush();
    }

    /** One observation; the outage of all is confirmed by two that say DOWN more than two minutes apart. */
    public void observe(SystemStatus status, long at) throws Exception {
        send(Topics.SYSTEM_HEALTH, DATA_CENTRE, new Observation(DATA_CENTRE, status, at, "probe", null), at)
                .get(30, TimeUnit.SECONDS);
    }

    /** All with a slot between one and twenty-three hours after the trust opens. */
    public void appointments(int number) {
        for (int i = 0; i < number; i++) {
            send(i, 1, AppointmentStatus.BOOKED, slot(i, number));
        }
        producer.flush();
    }

    /**
     * The same number, and each a second time, newer: one in five has been moved by an hour, the others have been attended. Bookings
     * and updates come mixed, see {@link EventMix}.
     */
    public void appointmentsAndUpdates(int number, long seed) {
        EventMix.run(
                number,
                seed,
                i -> send(i, 1, AppointmentStatus.BOOKED, slot(i, number)),
                i -> send(
                        i,
                        2,
                        moved(i) ? AppointmentStatus.BOOKED : AppointmentStatus.FULFILLED,
                        slot(i, number) + (moved(i) ? 60 * MINUTE : 0)));
        producer.flush();
    }

    private static boolean moved(int i) {
        return i % 5 == 0;
    }

    /** How many are still booked by service when each has been updated; services without any are left out. */
    public static Map<String, Long> stillBooked(int number) {
        Map<String, Long> booked = new HashMap<>();
        for (int i = 0; i < number; i++) {
            if (moved(i)) {
                booked.merge(service(i % SERVICES), 1L, Long::sum);
            }
        }
        return booked;
    }

    private static long slot(int i, int number) {
        return OPENS + 60 * MINUTE + i * (22 * 60 * MINUTE / number);
    }

    private void send(int i, long sequence, AppointmentStatus status, long slot) {
        String id = "a-" + i;
        send(
                Topics.APPOINTMENTS,
                id,
                new AppointmentVersion(
                        id,
                        sequence,
                        status,
                        null,
                        service(i % SERVICES),
                        slot,
                        slot + 20 * MINUTE,
                        Priority.ROUTINE,
                        "p-" + i,
                        null,
                        OPENS + sequence),
                OPENS + sequence);
    }

    /** In the order in which appointments are booked with them, over and over. */
    public static List<String> services() {
        return IntStream.range(0, SERVICES).mapToObj(OneDataCentre::service).toList();
    }

    private static String service(int i) {
        return "clinic-" + i;
    }

    private <V> CompletableFuture<Void> send(Topic<V> topic, String key, V value, long at) {
        String name = topic.name(prefix);
        Serializer<V> serializer = serdes.value(topic).serializer();
        CompletableFuture<Void> sent = new CompletableFuture<>();
        producer.send(new ProducerRecord<>(name, null, at, key, serializer.serialize(name, value)), (at0, failure) -> {
            if (failure == null) {
                sent.complete(null);
            } else {
                sent.completeExceptionally(failure);
            }
        });
        return sent;
    }

    @Override
    public void close() {
        producer.close();
        serdes.close();
    }
}
