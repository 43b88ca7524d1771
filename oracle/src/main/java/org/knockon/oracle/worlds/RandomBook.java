package org.knockon.oracle.worlds;

import static org.knockon.oracle.worlds.WorldTime.GRID;
import static org.knockon.oracle.worlds.WorldTime.HOUR;
import static org.knockon.oracle.worlds.WorldTime.MINUTE;
import static org.knockon.oracle.worlds.WorldTime.nudged;

import java.util.ArrayList;
import java.util.List;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Priority;
import org.knockon.oracle.worlds.WorldEvent.Booked;

/** The appointment book: each appointment changes its status, slot and service at random. */
final class RandomBook {

    private final Dice dice;
    private final WorldTime time;
    private final List<Long> turningPoints;
    private final List<String> serviceIds;
    private final int appointments;
    private final List<WorldEvent> events = new ArrayList<>();

    RandomBook(Dice dice, WorldTime time, List<Long> turningPoints, List<String> serviceIds) {
        this.dice = dice;
        this.time = time;
        this.turningPoints = turningPoints;
        this.serviceIds = serviceIds;
        this.appointments = dice.between(10, 80);
        for (int i = 1; i <= appointments; i++) {
            walk("a" + i);
        }
    }

    List<WorldEvent> events() {
        return events;
    }

    private void walk(String appointmentId) {
        String serviceId = anyService();
        long slotStart = anySlot();
        long slotEnd = slotStart + anyLength();
        Priority priority = dice.oneOf(Priority.values());
        String replaces = dice.chance(35) ? anyReplaced(appointmentId) : null;
        AppointmentStatus status = dice.chance(90)
                ? AppointmentStatus.BOOKED
                : dice.oneOf(
                        AppointmentStatus.PENDING,
                        AppointmentStatus.WAITLIST,
                        AppointmentStatus.PROPOSED,
                        AppointmentStatus.FULFILLED);
        ChangeReason reason = null;
        long sequence = dice.between(0, 3);
        long updatedAt = dice.chance(80) ? time.begin() - dice.between(1, 200) * GRID : near(slotStart);
        String firstService = serviceId;
        long firstSlot = slotStart;

        int steps = dice.oneOf(0, 1, 1, 1, 2, 2, 3, 4, 6, 9);
        for (int step = 0; ; step++) {
            AppointmentVersion version = new AppointmentVersion(
                    appointmentId,
                    sequence,
                    status,
                    reason,
                    serviceId,
                    slotStart,
                    slotEnd,
                    priority,
                    "p",
                    replaces,
                    updatedAt,
                    null);
            events.add(new Booked(version));
            if (dice.chance(8)) {
                events.add(new Booked(rewritten(version)));
            }
            if (dice.chance(4)) {
                events.add(new Booked(ofANewerSchema(version)));
            }
            if (step == steps) {
                return;
            }
            sequence += dice.oneOf(1, 1, 1, 1, 2);
            boolean moves = false;
            AppointmentStatus before = status;
            status = next(before);
            if (status == AppointmentStatus.BOOKED) {
                moves = before == AppointmentStatus.BOOKED ? dice.chance(85) : dice.chance(60);
            }
            if (moves && dice.chance(25)) { // back to the first service and slot
                serviceId = firstService;
                slotStart = firstSlot;
                slotEnd = slotStart + anyLength();
            } else if (moves) {
                serviceId = dice.chance(30) ? anyService() : serviceId;
                slotStart = dice.chance(80) ? anySlot() : slotStart;
                slotEnd = slotStart + anyLength();
            }
            reason = anyReason();
            long earlier = dice.chance(90) ? updatedAt : Long.MIN_VALUE; // the sequence decides, not the time
            updatedAt = Math.max(earlier, when(slotStart));
            if (dice.chance(5)) {
                priority = dice.oneOf(Priority.values());
            }
            if (dice.chance(5)) {
                replaces = dice.chance(50) ? null : anyReplaced(appointmentId);
            }
        }
    }

    private AppointmentStatus next(AppointmentStatus status) {
        if (dice.chance(3)) {
            return AppointmentStatus.ENTERED_IN_ERROR;
        }
        return switch (status) {
            case BOOKED ->
                dice.oneOf(
                        AppointmentStatus.BOOKED,
                        AppointmentStatus.BOOKED,
                        AppointmentStatus.CANCELLED,
                        AppointmentStatus.CANCELLED,
                        AppointmentStatus.FULFILLED,
                        AppointmentStatus.ARRIVED,
                        AppointmentStatus.NOSHOW,
                        AppointmentStatus.WAITLIST);
            case ARRIVED ->
                dice.oneOf(AppointmentStatus.CHECKED_IN, AppointmentStatus.FULFILLED, AppointmentStatus.CANCELLED);
            case CHECKED_IN ->
                dice.oneOf(AppointmentStatus.FULFILLED, AppointmentStatus.FULFILLED, AppointmentStatus.BOOKED);
            default ->
                dice.oneOf(
                        AppointmentStatus.BOOKED,
                        AppointmentStatus.BOOKED,
                        AppointmentStatus.CANCELLED,
                        AppointmentStatus.PENDING,
                        AppointmentStatus.PROPOSED,
                        AppointmentStatus.FULFILLED);
        };
    }

    /** The same sequence again with other content, written at another time or at the same time. */
    private AppointmentVersion rewritten(AppointmentVersion version) {
        AppointmentStatus status = dice.chance(50) ? version.status() : next(version.status());
        long slotStart = dice.chance(50) ? version.slotStart() : anySlot();
        long updatedAt = version.updatedAt() + dice.between(-6, 12) * GRID;
        boolean equallyGreat = updatedAt == version.updatedAt()
                && status == version.status()
                && slotStart == version.slotStart(); // then they must not differ in the reason
        return new AppointmentVersion(
                version.appointmentId(),
                version.sequence(),
                status,
                equallyGreat ? version.changeReason() : anyReason(),
                version.serviceId(),
                slotStart,
                slotStart + anyLength(),
                version.priority(),
                version.patientRef(),
                version.replaces(),
                updatedAt,
                null);
    }

    /** A version of a newer schema with an unknown status, which must have no effect. */
    private AppointmentVersion ofANewerSchema(AppointmentVersion version) {
        return new AppointmentVersion(
                version.appointmentId(),
                version.sequence() + dice.between(0, 1),
                AppointmentStatus.UNKNOWN,
                null,
                version.serviceId(),
                anySlot(),
                time.end() + 4 * HOUR,
                version.priority(),
                version.patientRef(),
                dice.chance(50) ? null : anyReplaced(version.appointmentId()),
                version.updatedAt() + dice.between(0, 12) * GRID,
                null);
    }

    private String anyService() {
        return dice.chance(3) ? RandomCatalogue.NO_SUCH_SERVICE : dice.oneOf(serviceIds);
    }

    private ChangeReason anyReason() {
        return dice.oneOf(
                null,
                ChangeReason.PROVIDER,
                ChangeReason.PROVIDER,
                ChangeReason.IT_OUTAGE,
                ChangeReason.PATIENT,
                ChangeReason.CLINICAL,
                ChangeReason.UNKNOWN);
    }

    /**
     * Another appointment, sometimes itself or one that never appears; from a small pool, so that several replace the
     * same one.
     */
    private String anyReplaced(String appointmentId) {
        if (dice.chance(5)) {
            return appointmentId;
        }
        return "a" + (dice.chance(10) ? 99 : dice.chance(40) ? dice.between(1, 5) : dice.between(1, appointments));
    }

    private long anySlot() {
        long slot = dice.chance(75)
                ? near(dice.oneOf(turningPoints))
                : WorldTime.between(dice, time.begin(), time.end() + 30 * HOUR);
        return nudged(dice, slot);
    }

    private long anyLength() {
        return dice.oneOf(10, 20, 30, 45, 60, 240) * MINUTE;
    }

    private long when(long slotStart) {
        return nudged(
                dice,
                switch (dice.between(0, 3)) {
                    case 0 -> near(dice.oneOf(turningPoints));
                    case 1 -> time.any(dice);
                    default -> near(slotStart);
                });
    }

    private long near(long instant) {
        return instant + dice.between(-12, 30) * GRID;
    }
}
