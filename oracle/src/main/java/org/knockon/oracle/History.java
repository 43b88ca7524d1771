package org.knockon.oracle;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;

/**
 * The versions of one appointment that count, in order of sequence; never empty (12).
 *
 * @param truncated whether there are more sequences than are kept
 */
record History(List<AppointmentVersion> versions, boolean truncated) {

    /** Of two versions with the same sequence, the greater counts. */
    private static final Comparator<AppointmentVersion> PRECEDENCE = comparingLong(AppointmentVersion::updatedAt)
            .thenComparing(AppointmentVersion::status)
            .thenComparingLong(AppointmentVersion::slotStart)
            .thenComparingLong(AppointmentVersion::slotEnd)
            .thenComparing(AppointmentVersion::serviceId)
            .thenComparing(AppointmentVersion::changeReason, nullsFirst(naturalOrder()))
            .thenComparing(AppointmentVersion::priority)
            .thenComparing(comparing(AppointmentVersion::replaces, nullsFirst(naturalOrder())));

    /** Empty if all versions have an unknown status. */
    static Optional<History> of(Collection<AppointmentVersion> ofOneAppointment, int versionsKept) {
        TreeMap<Long, AppointmentVersion> bySequence = new TreeMap<>();
        for (AppointmentVersion version : ofOneAppointment) {
            if (version.status() != AppointmentStatus.UNKNOWN) {
                bySequence.merge(
                        version.sequence(), version, (one, other) -> PRECEDENCE.compare(one, other) >= 0 ? one : other);
            }
        }
        if (bySequence.isEmpty()) {
            return Optional.empty();
        }
        int displaced = Math.max(0, bySequence.size() - versionsKept);
        List<AppointmentVersion> kept =
                bySequence.values().stream().skip(displaced).toList();
        return Optional.of(new History(kept, displaced > 0));
    }

    AppointmentVersion last() {
        return versions.get(versions.size() - 1);
    }

    /** The ended episodes, in order (13). */
    List<Episode> endedEpisodes() {
        List<Episode> ended = new ArrayList<>();
        for (int i = 1; i < versions.size(); i++) {
            AppointmentVersion previous = versions.get(i - 1);
            AppointmentVersion next = versions.get(i);
            boolean continues = next.status().inTheBook()
                    && next.serviceId().equals(previous.serviceId())
                    && next.slotStart() == previous.slotStart();
            if (previous.status().inTheBook() && !continues) {
                ended.add(
                        new Episode(previous.serviceId(), previous.slotStart(), next.updatedAt(), next.changeReason()));
            }
        }
        return ended;
    }
}
