package org.knockon.impact.assessment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;

/** The versions of one appointment by rising sequence, one for each; those with an unknown status left out. */
public record AppointmentHistory(List<AppointmentVersion> versions) {

    public static final AppointmentHistory EMPTY = new AppointmentHistory(List.of());

    /** Decides between two versions of the same sequence: the newest, and for want of a better reason the greater. */
    private static final Comparator<AppointmentVersion> PREFERENCE = Comparator.comparingLong(
                    AppointmentVersion::updatedAt)
            .thenComparing(AppointmentVersion::status)
            .thenComparingLong(AppointmentVersion::slotStart)
            .thenComparingLong(AppointmentVersion::slotEnd)
            .thenComparing(AppointmentVersion::serviceId)
            .thenComparing(AppointmentVersion::changeReason, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(AppointmentVersion::priority)
            .thenComparing(AppointmentVersion::replaces, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** Returns this very object when the version adds nothing. */
    public AppointmentHistory with(AppointmentVersion version) {
        if (version.status() == AppointmentStatus.UNKNOWN) {
            return this;
        }
        int at = versions.size();
        while (at > 0 && versions.get(at - 1).sequence() >= version.sequence()) {
            at--;
        }
        boolean repeat = at < versions.size() && versions.get(at).sequence() == version.sequence();
        if (repeat && PREFERENCE.compare(version, versions.get(at)) <= 0) {
            return this;
        }
        List<AppointmentVersion> grown = new ArrayList<>(versions.size() + 1);
        grown.addAll(versions);
        if (repeat) {
            grown.set(at, version);
        } else {
            grown.add(at, version);
        }
        return new AppointmentHistory(grown);
    }

    public boolean isEmpty() {
        return versions.isEmpty();
    }

    /** The newest version: that with the greatest sequence. */
    public AppointmentVersion last() {
        return versions.get(versions.size() - 1);
    }

    /** Stretches in the book with one service and one slotStart, in order. */
    public List<Episode> episodes() {
        List<Episode> episodes = new ArrayList<>(versions.size());
        AppointmentVersion running = null;
        for (AppointmentVersion version : versions) {
            if (running != null && !continues(running, version)) {
                episodes.add(new Episode(
                        running.serviceId(), running.slotStart(), version.updatedAt(), version.changeReason()));
                running = null;
            }
            if (running == null && version.status().inTheBook()) {
                running = version;
            }
        }
        if (running != null) {
            episodes.add(new Episode(running.serviceId(), running.slotStart(), Episode.NOT_ENDED, null));
        }
        return episodes;
    }

    private static boolean continues(AppointmentVersion running, AppointmentVersion next) {
        return next.status().inTheBook()
                && next.slotStart() == running.slotStart()
                && next.serviceId().equals(running.serviceId());
    }

    /**
     * @param endedAt updatedAt of the version that ended it, or {@link #NOT_ENDED}
     * @param reason that version's changeReason; null when it gave none
     */
    public record Episode(String serviceId, long slotStart, long endedAt, ChangeReason reason) {

        public static final long NOT_ENDED = Long.MAX_VALUE;

        /** Ended by somebody other than the patient, so an outage may have broken it. */
        public boolean mayBeBroken() {
            return endedAt != NOT_ENDED && reason != ChangeReason.PATIENT;
        }
    }
}
