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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes the events of a synthetic estate, on its own {@link Timetable}. Every slot lies after the estate opens and within a day of it, and
 * outages take up seconds of event time, so whatever is booked stays ahead and within the horizon.
 */
public final class Estate implements AutoCloseable {

    public static final long OPENS = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();

    /** An outage is confirmed, and a recovery believed, after this much event time, milliseconds. */
    public static final long CONFIRM = 1_000L;

    private static final long MINUTE = 60_000L;
    /** Longer than a broker takes to come back. */
    private static final int LONGEST_SEND_SECONDS = 120;

    private static final int SITES = 5;
    private static final int SPECIALTIES = 40;

    private final String prefix;
    private final KnockonSerdes serdes;
    private final Producer<String, byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final LongAdder snapshotBytes = new LongAdder();
    private final Timetable day;
    private long now;

    public Estate(String prefix, Map<String, Object> client) {
        this(prefix, client, Timetable.SIMULATED);
    }

    public Estate(String prefix, Map<String, Object> client, Timetable day) {
        this.prefix = prefix;
        this.day = day;
        now = day.opens();
        serdes = new KnockonSerdes(client);
        Map<String, Object> tuned = new HashMap<>(client);
        tuned.putAll(Map.of("linger.ms", 5, "batch.size", 256 * 1024, "compression.type", "lz4"));
        producer = new KafkaProducer<>(tuned, new StringSerializer(), new ByteArraySerializer());
    }

    /** Everything the groups are made of, and one observation of each system. */
    public void open(List<ServiceGroup> groups) throws InterruptedException, ExecutionException, TimeoutException {
        for (ServiceGroup group : groups) {
            systems(group).forEach(system -> send(Topics.SYSTEMS, system.systemId(), system));
            services(group).forEach(service -> send(Topics.CARE_SERVICES, service.serviceId(), service));
        }
        producer.flush();
        for (ServiceGroup group : groups) {
            observe(group, SystemStatus.UP);
        }
    }

    /** The systems of a group as they stand in the catalogue. */
    public List<MonitoredSystem> systems(ServiceGroup group) {
        MonitoringPolicy policy = new MonitoringPolicy(day.confirm(), day.confirm(), 24 * 60 * MINUTE);
        return group.systemIds().stream()
                .map(id -> new MonitoredSystem(id, id, "ZZ9", "APPLICATION", Set.of(), policy, null))
                .toList();
    }

    /** The services of a group as they stand in the catalogue. */
    public List<CareService> services(ServiceGroup group) {
        return IntStream.range(0, group.services())
                .mapToObj(i -> {
                    List<Requirement> requires = group.requiredBy(i).stream()
                            .map(system -> new Requirement(system, Capability.RECORDS, 0))
                            .toList();
                    return new CareService(
                            group.serviceId(i),
                            group.serviceId(i),
                            "ZZ9",
                            "ZZ90" + i % SITES,
                            Integer.toString(100 + i % SPECIALTIES),
                            Category.OUTPATIENT,
                            requires);
                })
                .toList();
    }

    /** One appointment, BOOKED; numbers may be used once in a group. Buffered: see {@link #flush}. */
    public void book(ServiceGroup group, int number) {
        version(group, number, 1, AppointmentStatus.BOOKED, slot(number));
    }

    /** Its second version: attended, unless the number is divisible by five; then moved by an hour and still booked. */
    public void update(ServiceGroup group, int number) {
        boolean moved = movedBy(number);
        version(
                group,
                number,
                2,
                moved ? AppointmentStatus.BOOKED : AppointmentStatus.FULFILLED,
                slot(number) + (moved ? 60 * MINUTE : 0));
    }

    /** Whether {@link #update} leaves it booked. */
    public static boolean movedBy(int number) {
        return number % 5 == 0;
    }

    /** Returns once the broker has everything. */
    public void flush() throws ExecutionException {
        producer.flush();
        Exception first = failure.get();
        if (first != null) {
            throw new ExecutionException("an event could not be written", first);
        }
    }

    /** Every system of the group, at the next instant; returns once the broker has all of them, with what was observed. */
    public List<Observation> observe(ServiceGroup group, SystemStatus status)
            throws InterruptedException, ExecutionException, TimeoutException {
        now = day.next().applyAsLong(now);
        List<Observation> observations = group.systemIds().stream()
                .map(id -> new Observation(id, status, now, "probe", null))
                .toList();
        CompletableFuture<?>[] sent = observations.stream()
                .map(observation -> send(Topics.SYSTEM_HEALTH, observation.systemId(), observation))
                .toArray(CompletableFuture<?>[]::new);
        producer.flush();
        CompletableFuture.allOf(sent).get(LONGEST_SEND_SECONDS, TimeUnit.SECONDS);
        return observations;
    }

    /** Down, and down still when that is confirmed: an outage. Acknowledged by the broker on return. */
    public void takeDown(ServiceGroup group) throws InterruptedException, ExecutionException, TimeoutException {
        observe(group, SystemStatus.DOWN);
        observe(group, SystemStatus.DOWN);
    }

    /** Up, and up still when that is believed. */
    public void bringBack(ServiceGroup group) throws InterruptedException, ExecutionException, TimeoutException {
        observe(group, SystemStatus.UP);
        observe(group, SystemStatus.UP);
    }

    /** Bytes of Avro in all snapshots of appointments so far, Confluent's five bytes included. */
    public long snapshotBytes() {
        return snapshotBytes.sum();
    }

    private long slot(int number) {
        return day.firstSlot() + number % day.slotMinutes() * MINUTE;
    }

    private void version(ServiceGroup group, int number, long sequence, AppointmentStatus status, long slot) {
        // Multiplied by an odd number, so still unique: ids of successive numbers lie far apart, as pseudo-random ids
        // do.
        int scattered = number * 0x9E3779B1;
        String id = HexFormat.of().toHexDigits(scattered) + "-" + group.name();
        AppointmentVersion version = new AppointmentVersion(
                id,
                sequence,
                status,
                null,
                group.serviceId((scattered >>> 1) % group.services()),
                slot,
                slot + 20 * MINUTE,
                Priority.ROUTINE,
                "p-" + number,
                null,
                day.opens() + sequence);
        String topic = Topics.APPOINTMENTS.name(prefix);
        byte[] value = serdes.value(Topics.APPOINTMENTS).serializer().serialize(topic, version);
        snapshotBytes.add(value.length);
        producer.send(new ProducerRecord<>(topic, null, version.updatedAt(), id, value), (at, problem) -> {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            }
        });
    }

    private <V> CompletableFuture<Void> send(Topic<V> topic, String key, V value) {
        String name = topic.name(prefix);
        byte[] bytes = serdes.value(topic).serializer().serialize(name, value);
        CompletableFuture<Void> sent = new CompletableFuture<>();
        producer.send(new ProducerRecord<>(name, null, now, key, bytes), (at, problem) -> {
            if (problem == null) {
                sent.complete(null);
            } else {
                failure.compareAndSet(null, problem);
                sent.completeExceptionally(problem);
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
