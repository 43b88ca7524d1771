package org.knockon.impact.assessment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Rules;

/**
 * The versions of one appointment in order of sequence, one per sequence, without those of unknown status. Only the
 * greatest sequences are kept. The history depends on the set of versions and not on their order of arrival, because a
 * displaced version would be displaced by the same versions whenever it arrived.
 *
 * @param truncated whether versions with lower sequences were displaced
 */
public record AppointmentHistory(List<AppointmentVersion> versions, boolean truncated) {

    public static final AppointmentHistory EMPTY = new AppointmentHistory(List.of(), false);

    /**
     * Decides between two versions with the same sequence: the newer one; of equally new ones the greater in this
     * order.
     */
    private static final Comparator<AppointmentVersion> PREFERENCE = Comparator.comparingLong(
                    AppointmentVersion::updatedAt)
            .thenComparing(AppointmentVersion::status)
            .thenComparingLong(AppointmentVersion::slotStart)
            .thenComparingLong(AppointmentVersion::slotEnd)
            .thenComparing(AppointmentVersion::serviceId)
            .thenComparing(AppointmentVersion::changeReason, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(AppointmentVersion::priority)
            .thenComparing(AppointmentVersion::replaces, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** Adds a version, keeping the default number of sequences. */
    public AppointmentHistory with(AppointmentVersion version) {
        return with(version, Rules.VERSIONS_KEPT);
    }

    /**
     * Adds a version.
     *
     * @param kept greatest number of sequences to keep, the same for all versions of an appointment
     * @return this object itself if the version changes nothing
     */
    public AppointmentHistory with(AppointmentVersion version, int kept) {
        if (version.status() == AppointmentStatus.UNKNOWN) {
            return this;
        }
        int at = position(version.sequence());
        if (at < versions.size() && versions.get(at).sequence() == version.sequence()) {
            return PREFERENCE.compare(version, versions.get(at)) <= 0 ? this : replaced(at, version);
        }
        boolean full = versions.size() >= kept;
        if (full && at == 0) {
            return truncated ? this : new AppointmentHistory(versions, true);
        }
        List<AppointmentVersion> grown = new ArrayList<>(versions.size() + 1);
        grown.addAll(full ? versions.subList(1, versions.size()) : versions);
        grown.add(full ? at - 1 : at, version);
        return new AppointmentHistory(grown, truncated || full);
    }

    /** Whether adding this version displaces a version: itself or the one with the lowest sequence. */
    public boolean displacesOne(AppointmentVersion version, int kept) {
        if (version.status() == AppointmentStatus.UNKNOWN || versions.size() < kept) {
            return false;
        }
        int at = position(version.sequence());
        return at == versions.size() || versions.get(at).sequence() != version.sequence();
    }

    private AppointmentHistory replaced(int at, AppointmentVersion version) {
        List<AppointmentVersion> changed = new ArrayList<>(versions);
        changed.set(at, version);
        return new AppointmentHistory(changed, truncated);
    }

    /**
     * Index of the first version with this or a greater sequence. Searches from the end, because most versions arrive
     * in order.
     */
    private int position(long sequence) {
        int at = versions.size();
        while (at > 0 && versions.get(at - 1).sequence() >= sequence) {
            at--;
        }
        return at;
    }

    public boolean isEmpty() {
        return versions.isEmpty();
    }

    /** The newest version: the one with the greatest sequence. */
    public AppointmentVersion last() {
        return versions.get(versions.size() - 1);
    }

    /** Maximal runs of versions that hold one slot of one service, in order. */
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
     * @param reason changeReason of that version; null if it has none
     */
    public record Episode(String serviceId, long slotStart, long endedAt, ChangeReason reason) {

        public static final long NOT_ENDED = Long.MAX_VALUE;

        /** Whether it ended for a reason other than PATIENT and CLINICAL, so that an outage may have broken it. */
        public boolean mayBeBroken() {
            return endedAt != NOT_ENDED && reason != ChangeReason.PATIENT && reason != ChangeReason.CLINICAL;
        }
    }
}
