package org.knockon.streams.impact;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.impact.assessment.AppointmentHistory;
import org.knockon.impact.assessment.AppointmentHistory.Episode;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Priority;
import org.knockon.streams.codec.AppointmentState;
import org.knockon.streams.codec.StateEnums;

/**
 * Appointments by service and time, so that an outage finds those it may affect. Key: serviceId, 0, family, instant (8
 * bytes), appointmentId. Booked and settled appointments have families of their own, because only bookings up to the
 * horizon matter. The value is empty, or the priority of a booking that is {@linkplain AppointmentState#untouched
 * untouched}.
 *
 * <p>Its content follows from the appointments, so it has no changelog. After a start it is valid only if it carries
 * the mark of the partition's last owner, and is rebuilt otherwise: see {@link IndexOwnership}. It carries no mark
 * while in use.
 */
final class AppointmentIndex {

    /**
     * The slot of an appointment in the book: BOOKED, or attended or missed with the slot within the horizon. Most
     * appointments are attended, and that then changes nothing here.
     */
    static final byte BOOKED = 'B';

    /** Every other moment at which an outage can have an effect: past slots, and the end of an episode. */
    static final byte SETTLED = 'S';

    static final long NO_MARK = 0;

    /** Version of keys and values. A new one makes every index be rebuilt. */
    static final long FORMAT = 3;

    private static final byte[] PRESENT = {};

    /** Sorts before every service. */
    private static final Bytes MARK = Bytes.wrap(new byte[] {0});

    /** A larger batch would be no cheaper. */
    private static final int LARGEST_BATCH = 2_000;

    private final KeyValueStore<Bytes, byte[]> store;
    /** Pending writes in the store's order; a null value deletes. */
    private final Map<Bytes, byte[]> unwritten = new TreeMap<>();

    AppointmentIndex(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Removes the mark and returns it; {@link #NO_MARK} if there is none and the content may be anything. */
    long unmark() {
        byte[] mark = store.delete(MARK);
        return mark == null ? NO_MARK : ByteBuffer.wrap(mark).getLong();
    }

    /** Marks the content as complete. Call it last. */
    void mark(long mark) {
        write();
        store.put(MARK, ByteBuffer.allocate(Long.BYTES).putLong(mark).array());
    }

    void clear() {
        unwritten.clear();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> store.delete(entry.key));
        }
    }

    /**
     * An untouched booking that is attended or missed still looks untouched here, so that this common change writes
     * nothing.
     *
     * @param reach where the horizon of the clock ends; it never decreases
     */
    void update(AppointmentState before, AppointmentState after, long reach) {
        Set<Entry> old = entries(before.history(), reach);
        Set<Entry> current = entries(after.history(), reach);
        Set<Entry> uncertain = uncertain(before.history());
        byte[] value = value(after);
        boolean otherValue = !attendedOrMissed(after.history()) && !Arrays.equals(value, value(before));
        for (Entry entry : current) {
            if (otherValue || uncertain.contains(entry) || !old.contains(entry)) {
                unwritten.put(entry.key(after.history().last().appointmentId()), value);
            }
        }
        old.addAll(uncertain);
        for (Entry entry : old) {
            if (!current.contains(entry)) {
                unwritten.put(entry.key(before.history().last().appointmentId()), null);
            }
        }
        if (unwritten.size() >= LARGEST_BATCH) {
            write();
        }
    }

    private static byte[] value(AppointmentState state) {
        return state.untouched()
                ? StateEnums.UNTOUCHED_BOOKING.toBytes(state.history().last().priority())
                : PRESENT;
    }

    /** Writes in one batch: single writes take twice as long, and nothing reads the index until an outage occurs. */
    void write() {
        if (unwritten.isEmpty()) {
            return;
        }
        List<KeyValue<Bytes, byte[]>> batch = new ArrayList<>(unwritten.size());
        unwritten.forEach((key, value) -> batch.add(KeyValue.pair(key, value)));
        store.putAll(batch);
        unwritten.clear();
    }

    /**
     * The entries that a booking that is attended or missed may have, possibly with an outdated value: it was written
     * while still booked, or before its slot came within the horizon.
     */
    private static Set<Entry> uncertain(AppointmentHistory history) {
        if (!attendedOrMissed(history)) {
            return Set.of();
        }
        AppointmentVersion last = history.last();
        return Set.of(
                new Entry(last.serviceId(), BOOKED, last.slotStart()),
                new Entry(last.serviceId(), SETTLED, last.slotStart()));
    }

    private static boolean attendedOrMissed(AppointmentHistory history) {
        if (history.isEmpty()) {
            return false;
        }
        AppointmentStatus status = history.last().status();
        return status.inTheBook() && status != AppointmentStatus.BOOKED;
    }

    /**
     * Visits a time range of one service and family in order of time.
     *
     * @param after key after which to continue; null to begin
     * @return the key of the last entry visited if the visitor stopped; null if the range is complete
     */
    byte[] walk(String serviceId, byte family, long from, long to, byte[] after, Visitor visitor) {
        return scan(
                serviceId,
                family,
                from,
                to,
                after,
                (key, head, value) -> visitor.visit(new String(key, head, key.length - head, StandardCharsets.UTF_8)));
    }

    /** Visits the bookings of a time range without reading any appointment. @return as {@link #walk} */
    byte[] walkBookings(String serviceId, long from, long to, byte[] after, BookingVisitor visitor) {
        return scan(
                serviceId,
                BOOKED,
                from,
                to,
                after,
                (key, head, value) -> visitor.visit(
                        key,
                        ByteBuffer.wrap(key).getLong(head - Long.BYTES) ^ Long.MIN_VALUE,
                        value.length == 0 ? null : StateEnums.UNTOUCHED_BOOKING.fromBytes(value)));
    }

    private byte[] scan(String serviceId, byte family, long from, long to, byte[] after, EntryVisitor visitor) {
        if (from >= to) {
            return null;
        }
        write();
        Bytes first = after == null ? key(serviceId, family, from, "") : Bytes.wrap(after);
        Bytes last = key(serviceId, family, to, "");
        int head = serviceId.getBytes(StandardCharsets.UTF_8).length + 2 + Long.BYTES;
        try (KeyValueIterator<Bytes, byte[]> found = store.range(first, last)) {
            while (found.hasNext()) {
                KeyValue<Bytes, byte[]> entry = found.next();
                byte[] key = entry.key.get();
                if (after != null && Arrays.equals(key, after)) {
                    continue;
                }
                if (key.length == head) {
                    continue;
                }
                if (!visitor.visit(key, head, entry.value)) {
                    return key;
                }
            }
        }
        return null;
    }

    /** Every service with an entry, whether it is in the catalogue or not. */
    List<String> services() {
        write();
        List<String> services = new ArrayList<>();
        Bytes from = Bytes.wrap(new byte[] {1});
        Bytes end = Bytes.wrap(new byte[] {(byte) 0xff, (byte) 0xff});
        while (from != null) {
            try (KeyValueIterator<Bytes, byte[]> found = store.range(from, end)) {
                if (!found.hasNext()) {
                    return services;
                }
                byte[] key = found.next().key.get();
                int length = 0;
                while (key[length] != 0) {
                    length++;
                }
                services.add(new String(key, 0, length, StandardCharsets.UTF_8));
                byte[] next = Arrays.copyOf(key, length + 1);
                next[length] = 1;
                from = Bytes.wrap(next);
            }
        }
        return services;
    }

    private static Set<Entry> entries(AppointmentHistory history, long reach) {
        Set<Entry> entries = new HashSet<>();
        if (history.isEmpty()) {
            return entries;
        }
        AppointmentVersion last = history.last();
        boolean lastServiceNamed = false;
        for (Episode episode : history.episodes()) {
            boolean running = episode.endedAt() == Episode.NOT_ENDED;
            boolean near = episode.slotStart() < reach;
            boolean booked = running && (near || last.status() == AppointmentStatus.BOOKED);
            entries.add(new Entry(episode.serviceId(), booked ? BOOKED : SETTLED, episode.slotStart()));
            if (episode.mayBeBroken()) {
                entries.add(new Entry(episode.serviceId(), SETTLED, episode.endedAt()));
            }
            lastServiceNamed |= episode.serviceId().equals(last.serviceId());
        }
        if (!lastServiceNamed) {
            entries.add(new Entry(last.serviceId(), SETTLED, last.updatedAt()));
        }
        return entries;
    }

    /** A key after which a walk visits the given key again: its longest prefix. Ids are not empty. */
    static byte[] justBefore(byte[] key) {
        return Arrays.copyOf(key, key.length - 1);
    }

    /** The key of an untouched booking. */
    static byte[] bookingKey(AppointmentVersion booking) {
        return key(booking.serviceId(), BOOKED, booking.slotStart(), booking.appointmentId())
                .get();
    }

    /** The sign bit is flipped so that bytes sort as the numbers do. */
    private static Bytes key(String serviceId, byte family, long instant, String appointmentId) {
        byte[] service = serviceId.getBytes(StandardCharsets.UTF_8);
        byte[] id = appointmentId.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(service.length + 2 + Long.BYTES + id.length)
                .put(service)
                .put((byte) 0)
                .put(family)
                .putLong(instant ^ Long.MIN_VALUE)
                .put(id)
                .array());
    }

    /** Receives one appointment; returns whether to continue. */
    interface Visitor {
        boolean visit(String appointmentId);
    }

    /** Receives one appointment in the book; returns whether to continue. */
    interface BookingVisitor {
        /** @param priority null unless it looks untouched */
        boolean visit(byte[] key, long slotStart, Priority priority);
    }

    /** One entry of an appointment. Its key is built only if the store changes. */
    private record Entry(String serviceId, byte family, long instant) {

        Bytes key(String appointmentId) {
            return AppointmentIndex.key(serviceId, family, instant, appointmentId);
        }
    }

    private interface EntryVisitor {
        /** @param head number of bytes of the key before the appointment's id */
        boolean visit(byte[] key, int head, byte[] value);
    }
}
