package org.knockon.benchmarks.harness;

import java.util.HexFormat;

/** Decides id, service and slot of an appointment by its number. */
@FunctionalInterface
interface BookingPlan {

    /** @param slotStart epoch milliseconds */
    record Booking(String appointmentId, String serviceId, long slotStart) {}

    /** @param number unique within the group */
    Booking booking(ServiceGroup group, int number);

    /** Ids and services look random, as those of real systems do. Slots start on whole minutes. */
    static BookingPlan scattered(long firstSlot, int slotMinutes) {
        return (group, number) -> {
            // An odd factor keeps ids unique and places those of successive numbers far apart.
            int scattered = number * 0x9E3779B1;
            return new Booking(
                    HexFormat.of().toHexDigits(scattered) + "-" + group.name(),
                    group.serviceId((scattered >>> 1) % group.services()),
                    firstSlot + number % slotMinutes * SyntheticRecords.MINUTE);
        };
    }

    /**
     * Ids and slots rise with the number; services take turns.
     *
     * @param number of appointments; their slots are spread evenly over 22 hours
     */
    static BookingPlan inTurn(long firstSlot, int number) {
        long step = 22 * 60 * SyntheticRecords.MINUTE / number;
        return (group, i) -> new Booking("a-" + i, group.serviceId(i % group.services()), firstSlot + i * step);
    }
}
