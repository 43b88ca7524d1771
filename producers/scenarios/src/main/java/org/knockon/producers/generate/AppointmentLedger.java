package org.knockon.producers.generate;

import java.util.Arrays;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Priority;
import org.knockon.producers.scenario.ScenarioException;

/**
 * All appointments and all their versions, held in columns. A summer of a large trust has about a million versions,
 * which would take half a gigabyte as objects.
 */
final class AppointmentLedger {
    /** Bits that sort keys reserve for the row. */
    static final int ROW_BITS = 22;

    private static final int NO_REASON = 15;

    private static final AppointmentStatus[] STATUSES = AppointmentStatus.values();
    private static final ChangeReason[] REASONS = ChangeReason.values();
    private static final Priority[] PRIORITIES = Priority.values();

    private int appointments;
    private short[] service = new short[1024];
    private byte[] priority = new byte[1024];
    private short[] length = new short[1024];
    private int[] patient = new int[1024];
    private int[] replaces = new int[1024];
    private int[] slotMinute = new int[1024];
    private byte[] sequence = new byte[1024];
    private byte[] flags = new byte[1024];
    private long[] lastWritten = new long[1024];

    private int versions;
    private int[] versionOf = new int[1024];
    private byte[] versionSequence = new byte[1024];
    private byte[] versionState = new byte[1024];
    private int[] versionSlot = new int[1024];
    private long[] versionWritten = new long[1024];

    int appointments() {
        return appointments;
    }

    int versions() {
        return versions;
    }

    /** @param replacesIndex the appointment that it replaces, or -1 */
    int open(int serviceIndex, Priority itsPriority, int lengthMinutes, int patientIndex, int replacesIndex) {
        if (appointments == service.length) {
            int size = appointments * 2;
            service = Arrays.copyOf(service, size);
            priority = Arrays.copyOf(priority, size);
            length = Arrays.copyOf(length, size);
            patient = Arrays.copyOf(patient, size);
            replaces = Arrays.copyOf(replaces, size);
            slotMinute = Arrays.copyOf(slotMinute, size);
            sequence = Arrays.copyOf(sequence, size);
            flags = Arrays.copyOf(flags, size);
            lastWritten = Arrays.copyOf(lastWritten, size);
        }
        int index = appointments++;
        service[index] = (short) serviceIndex;
        priority[index] = (byte) itsPriority.ordinal();
        length[index] = (short) lengthMinutes;
        patient[index] = patientIndex;
        replaces[index] = replacesIndex;
        return index;
    }

    /** Adds the next version of an appointment. */
    void write(int appointment, AppointmentStatus status, ChangeReason reason, long slotStart, long at) {
        sequence[appointment]++;
        add(appointment, status, reason, slotStart, at);
    }

    /** Adds a correction of the newest version, with the same sequence. */
    void correct(int appointment, AppointmentStatus status, ChangeReason reason, long slotStart, long at) {
        add(appointment, status, reason, slotStart, at);
    }

    private void add(int appointment, AppointmentStatus status, ChangeReason reason, long slotStart, long at) {
        if (versions == versionOf.length) {
            int size = versions * 2;
            versionOf = Arrays.copyOf(versionOf, size);
            versionSequence = Arrays.copyOf(versionSequence, size);
            versionState = Arrays.copyOf(versionState, size);
            versionSlot = Arrays.copyOf(versionSlot, size);
            versionWritten = Arrays.copyOf(versionWritten, size);
        }
        if (versions >= 1 << ROW_BITS) {
            throw new ScenarioException("a scenario is limited to " + (1 << ROW_BITS)
                    + " appointment versions; lower 'weekly' or shorten the window");
        }
        int row = versions++;
        slotMinute[appointment] = (int) (slotStart / Millis.MINUTE);
        lastWritten[appointment] = at;
        versionOf[row] = appointment;
        versionSequence[row] = sequence[appointment];
        versionState[row] = (byte) (status.ordinal() << 4 | (reason == null ? NO_REASON : reason.ordinal()));
        versionSlot[row] = slotMinute[appointment];
        versionWritten[row] = at;
    }

    int service(int appointment) {
        return service[appointment];
    }

    Priority priority(int appointment) {
        return PRIORITIES[priority[appointment]];
    }

    int lengthMinutes(int appointment) {
        return length[appointment];
    }

    int patient(int appointment) {
        return patient[appointment];
    }

    /** The appointment that it replaces, or -1. */
    int replaces(int appointment) {
        return replaces[appointment];
    }

    /** Start of the slot in the newest version. */
    long slotStart(int appointment) {
        return slotMinute[appointment] * Millis.MINUTE;
    }

    long slotEnd(int appointment) {
        return (slotMinute[appointment] + length[appointment]) * Millis.MINUTE;
    }

    /** Number of versions so far, without corrections. */
    int sequence(int appointment) {
        return sequence[appointment];
    }

    long lastWritten(int appointment) {
        return lastWritten[appointment];
    }

    boolean has(int appointment, int flag) {
        return (flags[appointment] & flag) != 0;
    }

    void set(int appointment, int flag) {
        flags[appointment] |= (byte) flag;
    }

    int appointmentOf(int row) {
        return versionOf[row];
    }

    int sequenceOf(int row) {
        return versionSequence[row];
    }

    AppointmentStatus statusOf(int row) {
        return STATUSES[versionState[row] >> 4 & 15];
    }

    /** Null if none was recorded. */
    ChangeReason reasonOf(int row) {
        int reason = versionState[row] & 15;
        return reason == NO_REASON ? null : REASONS[reason];
    }

    long slotStartOf(int row) {
        return versionSlot[row] * Millis.MINUTE;
    }

    long writtenOf(int row) {
        return versionWritten[row];
    }
}
