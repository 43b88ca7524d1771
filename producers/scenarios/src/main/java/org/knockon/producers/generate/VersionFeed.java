package org.knockon.producers.generate;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.CareService;
import org.knockon.producers.scenario.Delivery;
import org.knockon.producers.scenario.Scenario;

/** All appointment versions written before the end of the window, in order of arrival. Some arrive late, some twice. */
final class VersionFeed implements Iterator<VersionFeed.Arrival> {

    /** A version and the time at which it reaches the broker. */
    record Arrival(long arrivesAt, AppointmentVersion version) {}

    private final Scenario scenario;
    private final AppointmentLedger ledger;
    private final long origin;
    private final long[] order;
    private final Pseudonyms pseudonyms;
    private int next;

    VersionFeed(Scenario scenario, AppointmentLedger ledger, long origin, long[] order) {
        this.scenario = scenario;
        this.ledger = ledger;
        this.origin = origin;
        this.order = order;
        this.pseudonyms = new Pseudonyms(scenario.seed());
    }

    /** Time at which the earliest version was written. */
    static long origin(AppointmentLedger ledger) {
        long origin = Long.MAX_VALUE;
        for (int row = 0; row < ledger.versions(); row++) {
            origin = Math.min(origin, ledger.writtenOf(row));
        }
        return origin;
    }

    /** Sorted keys: the time of arrival since the origin in the high bits, the row in the low bits. */
    static long[] order(Scenario scenario, AppointmentLedger ledger, long origin) {
        Delivery.Channel channel = scenario.delivery().appointments();
        long[] keys = new long[ledger.versions() * 2];
        int count = 0;
        for (int row = 0; row < ledger.versions(); row++) {
            long written = ledger.writtenOf(row);
            if (written >= scenario.to()) {
                continue;
            }
            SeededRandom random = SeededRandom.of(scenario.seed(), "versions under way", row, 0);
            // Versions from before the window were delivered long ago.
            boolean live = written >= scenario.from();
            long delay = live && random.chance(channel.late()) ? delay(channel, random) : 0;
            keys[count++] = key(written + delay - origin, row);
            if (live && random.chance(channel.repeats())) {
                keys[count++] = key(written + delay(channel, random) - origin, row);
            }
        }
        long[] order = Arrays.copyOf(keys, count);
        Arrays.sort(order);
        return order;
    }

    /** Squared, because most late versions are only a little late. */
    private static long delay(Delivery.Channel channel, SeededRandom random) {
        double fraction = random.fraction();
        return 1 + (long) (fraction * fraction * channel.upTo());
    }

    private static long key(long sinceOrigin, int row) {
        return sinceOrigin << AppointmentLedger.ROW_BITS | row;
    }

    @Override
    public boolean hasNext() {
        return next < order.length;
    }

    @Override
    public Arrival next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        long key = order[next++];
        int row = (int) (key & (1 << AppointmentLedger.ROW_BITS) - 1);
        return new Arrival((key >>> AppointmentLedger.ROW_BITS) + origin, version(row));
    }

    private AppointmentVersion version(int row) {
        int appointment = ledger.appointmentOf(row);
        CareService service =
                scenario.services().get(ledger.service(appointment)).service();
        long slotStart = ledger.slotStartOf(row);
        int replaces = ledger.replaces(appointment);
        return new AppointmentVersion(
                id(service, appointment),
                ledger.sequenceOf(row),
                ledger.statusOf(row),
                ledger.reasonOf(row),
                service.serviceId(),
                slotStart,
                slotStart + ledger.lengthMinutes(appointment) * Millis.MINUTE,
                ledger.priority(appointment),
                pseudonyms.of(ledger.patient(appointment)),
                replaces < 0 ? null : id(service, replaces),
                ledger.writtenOf(row),
                null);
    }

    /**
     * Organisation and a number of seven digits. A replacement is with the same service, so it has the same
     * organisation.
     */
    private static String id(CareService service, int appointment) {
        String digits = Integer.toString(appointment);
        return service.organisation() + "-" + "0000000".substring(Math.min(7, digits.length())) + digits;
    }
}
