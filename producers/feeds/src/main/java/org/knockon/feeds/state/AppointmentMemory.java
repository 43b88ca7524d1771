package org.knockon.feeds.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.knockon.feeds.message.RememberedAppointment;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Priority;

/** The newest published version of each appointment, in little memory. Thread-safe. */
public final class AppointmentMemory {

    private static final AppointmentStatus[] STATUSES = AppointmentStatus.values();
    private static final ChangeReason[] REASONS = ChangeReason.values();
    private static final Priority[] PRIORITIES = Priority.values();
    private static final byte NONE = -1;
    private static final int NO_TEXT = 0xFFFF;
    /** Times, sequence, three enums, the service. */
    private static final int SERVICE_AT = 4 * Long.BYTES + 3;

    private static final int FIXED_BYTES = SERVICE_AT + Integer.BYTES + Long.BYTES;
    /** In place of a {@code dueIn} that is null. */
    private static final long NO_TIME = Long.MIN_VALUE;

    private final CompactMap entries = new CompactMap();
    /** Few ids for many appointments: each is kept once. */
    private final List<String> services = new ArrayList<>();

    private final Map<String, Integer> serviceNumbers = new HashMap<>();
    /** Numbers of services that no appointment has any more. */
    private final Deque<Integer> freeNumbers = new ArrayDeque<>();

    public synchronized int size() {
        return entries.size();
    }

    public synchronized Optional<RememberedAppointment> of(String appointmentId) {
        return entries.get(appointmentId).map(value -> read(appointmentId, value));
    }

    /**
     * Keeps a version that was published, unless a newer one is known: of two, that with the greater sequence, then with
     * the newer {@code updatedAt}.
     *
     * @return whether it is the newest now
     */
    public synchronized boolean remember(AppointmentVersion version, String contentHash) {
        Optional<ByteBuffer> known = entries.get(version.appointmentId());
        if (known.isPresent() && newer(known.get(), version)) {
            return false;
        }
        entries.put(version.appointmentId(), write(version, contentHash));
        return true;
    }

    private static boolean newer(ByteBuffer known, AppointmentVersion version) {
        long updatedAt = known.getLong();
        long sequence = known.getLong();
        return sequence > version.sequence() || (sequence == version.sequence() && updatedAt > version.updatedAt());
    }

    /** The newest versions of all appointments of these services. */
    public synchronized List<AppointmentVersion> ofServices(Set<String> serviceIds) {
        Set<Integer> numbers = new HashSet<>();
        serviceIds.forEach(id -> Optional.ofNullable(serviceNumbers.get(id)).ifPresent(numbers::add));
        List<AppointmentVersion> found = new ArrayList<>();
        if (!numbers.isEmpty()) {
            entries.forEach((id, value) -> {
                if (numbers.contains(value.getInt(SERVICE_AT))) {
                    found.add(read(id, value).version());
                }
            });
        }
        return found;
    }

    /**
     * Forgets appointments whose slot and newest version are both before a time, and services that no appointment has
     * any more: a service that no rule names may have an id for each appointment.
     *
     * @param time epoch milliseconds
     * @return what was forgotten
     */
    public synchronized List<AppointmentVersion> forgetBefore(long time) {
        List<AppointmentVersion> forgotten = new ArrayList<>();
        BitSet used = new BitSet(services.size());
        entries.forEach((id, value) -> {
            if (value.getLong(0) < time && value.getLong(2 * Long.BYTES) < time) {
                forgotten.add(read(id, value).version());
            } else {
                used.set(value.getInt(SERVICE_AT));
            }
        });
        forgotten.forEach(version -> entries.remove(version.appointmentId()));
        serviceNumbers.values().removeIf(number -> {
            if (used.get(number)) {
                return false;
            }
            services.set(number, "");
            freeNumbers.push(number);
            return true;
        });
        return forgotten;
    }

    /** Whether an appointment has this service, or had it when {@link #forgetBefore} was last called. */
    public synchronized boolean hasService(String serviceId) {
        return serviceNumbers.containsKey(serviceId);
    }

    private byte[] write(AppointmentVersion version, String contentHash) {
        byte[] patient = text(version.patientRef());
        byte[] replaces = text(version.replaces());
        byte[] hash = text(contentHash);
        ByteBuffer value = ByteBuffer.allocate(
                        FIXED_BYTES + 3 * Short.BYTES + patient.length + replaces.length + hash.length)
                .putLong(version.updatedAt())
                .putLong(version.sequence())
                .putLong(version.slotStart())
                .putLong(version.slotEnd())
                .put((byte) version.status().ordinal())
                .put(
                        version.changeReason() == null
                                ? NONE
                                : (byte) version.changeReason().ordinal())
                .put((byte) version.priority().ordinal())
                .putInt(number(version.serviceId()))
                .putLong(version.dueIn() == null ? NO_TIME : version.dueIn());
        put(value, version.patientRef(), patient);
        put(value, version.replaces(), replaces);
        put(value, contentHash, hash);
        return value.array();
    }

    private RememberedAppointment read(String appointmentId, ByteBuffer value) {
        long updatedAt = value.getLong();
        long sequence = value.getLong();
        long slotStart = value.getLong();
        long slotEnd = value.getLong();
        AppointmentStatus status = STATUSES[value.get()];
        byte reason = value.get();
        Priority priority = PRIORITIES[value.get()];
        String service = services.get(value.getInt());
        long dueIn = value.getLong();
        String patientRef = text(value);
        String replaces = text(value);
        AppointmentVersion version = new AppointmentVersion(
                appointmentId,
                sequence,
                status,
                reason == NONE ? null : REASONS[reason],
                service,
                slotStart,
                slotEnd,
                priority,
                patientRef,
                replaces,
                updatedAt,
                dueIn == NO_TIME ? null : Long.valueOf(dueIn));
        return new RememberedAppointment(version, text(value));
    }

    private int number(String serviceId) {
        return serviceNumbers.computeIfAbsent(serviceId, id -> {
            if (freeNumbers.isEmpty()) {
                services.add(id);
                return services.size() - 1;
            }
            int free = freeNumbers.pop();
            services.set(free, id);
            return free;
        });
    }

    private static byte[] text(String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ByteBuffer value, String text, byte[] bytes) {
        value.putShort((short) (text == null ? NO_TEXT : bytes.length)).put(bytes);
    }

    private static String text(ByteBuffer value) {
        int length = Short.toUnsignedInt(value.getShort());
        if (length == NO_TEXT) {
            return null;
        }
        byte[] bytes = new byte[length];
        value.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
