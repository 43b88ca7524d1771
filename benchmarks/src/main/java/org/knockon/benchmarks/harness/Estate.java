package org.knockon.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.Topics;

/**
 * Writes the events of a synthetic estate. Every slot lies after the estate opens and within a day of it, and outages take little event
 * time: whatever is booked stays in the future and within the horizon.
 */
public final class Estate implements AutoCloseable {

    private static final long HOUR = 60 * SyntheticRecords.MINUTE;
    private static final long CONFIRM_MILLIS = 1_000L;
    /** Longer than a broker takes to restart. */
    private static final int LONGEST_SEND_SECONDS = 120;

    private final EventWriter writer;
    private final EstateClock clock;
    private final BookingPlan plan;
    private final LongAdder snapshotBytes = new LongAdder();
    private long now;

    Estate(String prefix, Map<String, Object> client, EstateClock clock, BookingPlan plan) {
        writer = new EventWriter(prefix, client);
        this.clock = clock;
        this.plan = plan;
        now = clock.opens();
    }

    /** In simulated time, an outage being confirmed after a second; slots from 4 to 22 hours after it opens. */
    public static Estate simulated(String prefix, Map<String, Object> client) {
        EstateClock clock = EstateClock.simulated(CONFIRM_MILLIS);
        return new Estate(prefix, client, clock, BookingPlan.scattered(clock.opens() + 4 * HOUR, 18 * 60));
    }

    /** By the wall clock, with all appointments in the second and third hour from now. */
    public static Estate live(String prefix, Map<String, Object> client) {
        EstateClock clock = EstateClock.live();
        return new Estate(prefix, client, clock, BookingPlan.scattered(clock.opens() + HOUR, 120));
    }

    /** Epoch milliseconds; before every event. */
    public long opens() {
        return clock.opens();
    }

    /** Writes the catalogue of these groups, and one observation UP of each system. */
    public void open(List<ServiceGroup> groups) throws InterruptedException, ExecutionException, TimeoutException {
        for (ServiceGroup group : groups) {
            systems(group).forEach(system -> writer.send(Topics.SYSTEMS, system.systemId(), system, now));
            services(group).forEach(service -> writer.send(Topics.CARE_SERVICES, service.serviceId(), service, now));
        }
        writer.flush();
        for (ServiceGroup group : groups) {
            observe(group, SystemStatus.UP);
        }
    }

    /** The group's systems as the catalogue holds them. */
    public List<MonitoredSystem> systems(ServiceGroup group) {
        MonitoringPolicy policy = SyntheticRecords.policy(clock.confirmMillis());
        return group.systemIds().stream()
                .map(id -> SyntheticRecords.system(id, id, Set.of(), policy))
                .toList();
    }

    /** The group's services as the catalogue holds them. */
    public List<CareService> services(ServiceGroup group) {
        return IntStream.range(0, group.services())
                .mapToObj(i -> SyntheticRecords.service(group.serviceId(i), i, group.requiredBy(i)))
                .toList();
    }

    /** Books an appointment; its number must be new in the group. Buffered: see {@link #flush}. */
    public void book(ServiceGroup group, int number) {
        write(number, 1, AppointmentStatus.BOOKED, plan.booking(group, number), 0);
    }

    /** Books the numbers from {@code first} to {@code end - 1}. */
    public void book(ServiceGroup group, int first, int end) {
        for (int i = first; i < end; i++) {
            book(group, i);
        }
    }

    /** Writes the second version of an appointment: moved by an hour if {@link #isMovedByUpdate}, attended otherwise. */
    public void update(ServiceGroup group, int number) {
        boolean moved = isMovedByUpdate(number);
        write(
                number,
                2,
                moved ? AppointmentStatus.BOOKED : AppointmentStatus.FULFILLED,
                plan.booking(group, number),
                moved ? HOUR : 0);
    }

    /** Whether {@link #update} leaves it booked: one in five. */
    public static boolean isMovedByUpdate(int number) {
        return number % 5 == 0;
    }

    /** The counts of so many appointments, all of them updated, while their services are down. */
    public static ExpectedCounts updatedAndDown(int number) {
        long moved = IntStream.range(0, number).filter(Estate::isMovedByUpdate).count();
        return new ExpectedCounts(moved, number - moved);
    }

    /** Returns once the broker has acknowledged everything. */
    public void flush() {
        writer.flush();
    }

    /**
     * Observes every system of the group, at the next time of the clock. Returns once the broker has acknowledged all observations.
     *
     * @return what was observed
     */
    public List<Observation> observe(ServiceGroup group, SystemStatus status)
            throws InterruptedException, ExecutionException, TimeoutException {
        now = clock.next().applyAsLong(now);
        List<Observation> observations = group.systemIds().stream()
                .map(id -> SyntheticRecords.observation(id, status, now))
                .toList();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Observation observation : observations) {
            sent.add(writer.send(Topics.SYSTEM_HEALTH, observation.systemId(), observation, now));
        }
        writer.flush();
        for (Future<RecordMetadata> one : sent) {
            one.get(LONGEST_SEND_SECONDS, TimeUnit.SECONDS);
        }
        return observations;
    }

    /** Observes the group DOWN twice, which confirms an outage. The broker has acknowledged both on return. */
    public void takeDown(ServiceGroup group) throws InterruptedException, ExecutionException, TimeoutException {
        observe(group, SystemStatus.DOWN);
        observe(group, SystemStatus.DOWN);
    }

    /** Observes the group UP twice, which ends its outage. */
    public void bringBack(ServiceGroup group) throws InterruptedException, ExecutionException, TimeoutException {
        observe(group, SystemStatus.UP);
        observe(group, SystemStatus.UP);
    }

    /** Bytes of all appointment snapshots so far, in wire format. */
    public long snapshotBytes() {
        return snapshotBytes.sum();
    }

    private void write(
            int number, long sequence, AppointmentStatus status, BookingPlan.Booking booking, long movedByMillis) {
        long updatedAt = clock.opens() + sequence;
        byte[] value = writer.encode(
                Topics.APPOINTMENTS,
                SyntheticRecords.version(
                        booking.appointmentId(),
                        sequence,
                        status,
                        booking.serviceId(),
                        booking.slotStart() + movedByMillis,
                        "p-" + number,
                        updatedAt));
        snapshotBytes.add(value.length);
        writer.sendBytes(Topics.APPOINTMENTS, booking.appointmentId(), value, updatedAt);
    }

    @Override
    public void close() {
        writer.close();
    }
}
