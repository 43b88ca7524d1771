package org.knockon.benchmarks.soak;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Priority;

/**
 * A fixed number of appointments and their versions, each a function of the appointment's number and the version's sequence. Slots start
 * on whole minutes of the next hours; every fourth version moves the slot, others keep it, cancel it, cancel it because of an outage,
 * book it again or attend it. For one thread at a time.
 */
final class AppointmentBook {

    /** Appointments whose versions are all kept, for the oracle. */
    private static final int SAMPLED = 500;

    private static final long MINUTE = 60_000;
    private static final int SLOT_MINUTES = 8 * 60;
    private static final int VERSIONS_PER_SLOT = 4;
    private static final int HOURS_MOVED = 3;

    private final List<String> services;
    private final long firstSlot;
    private final int[] sequences;
    private final int sampleEvery;
    private final List<AppointmentVersion> sample = new ArrayList<>();

    /**
     * @param services among which the appointments are spread
     * @param opens epoch milliseconds; the first slot begins one to two minutes later
     */
    AppointmentBook(int appointments, List<String> services, long opens) {
        this.services = services;
        firstSlot = opens - opens % MINUTE + 2 * MINUTE;
        sequences = new int[appointments];
        sampleEvery = Math.max(1, appointments / SAMPLED);
    }

    int size() {
        return sequences.length;
    }

    /**
     * The next version of an appointment; the first one is BOOKED.
     *
     * @param number from 0
     * @param now epoch milliseconds
     */
    AppointmentVersion next(int number, long now) {
        AppointmentVersion version = version(number, ++sequences[number], now);
        if (number % sampleEvery == 0) {
            sample.add(version);
        }
        return version;
    }

    /** What {@link #next} would return, without advancing: for bad records. */
    AppointmentVersion draft(int number, long now) {
        return version(number, sequences[number] + 1, now);
    }

    /** All versions so far of the sampled appointments. */
    List<AppointmentVersion> sample() {
        return sample;
    }

    static String id(int number) {
        // An odd factor keeps ids unique and places successive ones far apart.
        return "soak-" + HexFormat.of().toHexDigits(number * 0x9E3779B1);
    }

    private AppointmentVersion version(int number, int sequence, long now) {
        int dice = Math.floorMod(mixed(number, sequence), 100);
        AppointmentStatus status = sequence == 1 ? AppointmentStatus.BOOKED : status(dice);
        int moved = Math.floorMod(mixed(number, -1 - sequence / VERSIONS_PER_SLOT), HOURS_MOVED);
        long slot = firstSlot + (number % SLOT_MINUTES + 60L * moved) * MINUTE;
        return new AppointmentVersion(
                id(number),
                sequence,
                status,
                status == AppointmentStatus.CANCELLED ? reason(dice) : null,
                services.get(number % services.size()),
                slot,
                slot + 20 * MINUTE,
                dice % 10 == 0 ? Priority.URGENT : Priority.ROUTINE,
                "p-" + number,
                null,
                now,
                null);
    }

    private static AppointmentStatus status(int dice) {
        if (dice < 60) {
            return AppointmentStatus.BOOKED;
        }
        if (dice < 75) {
            return AppointmentStatus.FULFILLED;
        }
        if (dice < 80) {
            return AppointmentStatus.NOSHOW;
        }
        return dice < 95 ? AppointmentStatus.CANCELLED : AppointmentStatus.WAITLIST;
    }

    private static ChangeReason reason(int dice) {
        return switch (dice % 3) {
            case 0 -> ChangeReason.PATIENT;
            case 1 -> ChangeReason.PROVIDER;
            default -> ChangeReason.IT_OUTAGE;
        };
    }

    private static int mixed(int number, int sequence) {
        int mixed = number * 0x85EBCA6B + sequence * 0xC2B2AE35;
        mixed ^= mixed >>> 15;
        mixed *= 0x2C1B3C6D;
        return mixed ^ mixed >>> 13;
    }
}
