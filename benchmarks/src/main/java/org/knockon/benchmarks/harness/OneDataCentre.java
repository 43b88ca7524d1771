package org.knockon.benchmarks.harness;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.knockon.impact.model.Cell;

/**
 * An estate in which every service needs the one data centre and all appointments lie within a day: the outage of the data centre hits
 * everything.
 */
public final class OneDataCentre {

    /** The data centre and all services. */
    public static final ServiceGroup ALL = new ServiceGroup("trust", 1, 120);

    /** Before every slot, epoch milliseconds. */
    public static final long OUTAGE_START = EstateClock.OPENS + SyntheticRecords.MINUTE;

    private static final long FIRST_SLOT = EstateClock.OPENS + 60 * SyntheticRecords.MINUTE;

    /** Six outages of four observations each end before the first slot. */
    private static final long CONFIRM_MILLIS = 2 * SyntheticRecords.MINUTE;

    private OneDataCentre() {}

    /** @param appointments how many are going to be booked */
    public static Estate estate(String prefix, Map<String, Object> client, int appointments) {
        return new Estate(
                prefix, client, EstateClock.simulated(CONFIRM_MILLIS), BookingPlan.inTurn(FIRST_SLOT, appointments));
    }

    /** Writes the catalogue, then books all appointments and updates each once. */
    public static void writeMixed(String prefix, Map<String, Object> client, EventMix mix, int appointments, long seed)
            throws Exception {
        try (Estate estate = estate(prefix, client, appointments)) {
            estate.open(List.of(ALL));
            mix.run(appointments, seed, i -> estate.book(ALL, i), i -> estate.update(ALL, i));
            estate.flush();
        }
    }

    /** Booked appointments by service, and in all under the key of {@link Cell#ALL}. */
    public static Map<String, Long> booked(int appointments) {
        Map<String, Long> booked = new HashMap<>();
        for (int i = 0; i < appointments; i++) {
            booked.merge(ALL.serviceId(i % ALL.services()), 1L, Long::sum);
        }
        booked.put(Cell.ALL.key(), (long) appointments);
        return booked;
    }

    /** As {@link #booked}, of those that are still booked once each has been updated; services without any are left out. */
    public static Map<String, Long> stillBooked(int appointments) {
        Map<String, Long> booked = new HashMap<>();
        for (int i = 0; i < appointments; i++) {
            if (Estate.isMovedByUpdate(i)) {
                booked.merge(ALL.serviceId(i % ALL.services()), 1L, Long::sum);
                booked.merge(Cell.ALL.key(), 1L, Long::sum);
            }
        }
        return booked;
    }
}
