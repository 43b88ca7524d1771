package org.knockon.warroom.board;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.Priority;

/**
 * The appointments one outage had a part in, folded from {@code care-impacts}. Tell it every record, tombstones as null; of one
 * appointment the newest holds, and the order of appointments leaves no trace while no more than {@code most} are held.
 */
public final class AffectedAppointments {

    private static final Comparator<Row> BY_SLOT =
            Comparator.comparing(Row::slotStart).thenComparing(Row::appointmentId);

    private final String outageId;
    private final int most;
    private final Map<String, Row> rows = new HashMap<>();
    private final Set<String> leftOut = new HashSet<>();
    private boolean leftOutMore;
    private boolean missed;

    /**
     * @param appointmentId as the booking system writes it; nothing else here leads to a patient
     * @param slotStart of the newest version
     * @param firstPostponedSlot the slot that was hit first; null where none was
     * @param delayMinutes from that slot to the one that made good for it; null where there is none
     */
    public record Row(
            String appointmentId,
            String serviceId,
            String site,
            Category category,
            Priority priority,
            long slotStart,
            Long firstPostponedSlot,
            Long delayMinutes,
            ImpactState state) {}

    /**
     * @param rows by slot
     * @param cut whether there may be more: these are those that could be held and read
     */
    public record Rows(List<Row> rows, boolean cut) {
        public Rows {
            rows = List.copyOf(rows);
        }

        /** Those with the earliest slots. */
        public Rows first(int most) {
            return rows.size() <= most ? this : new Rows(rows.subList(0, most), true);
        }
    }

    /** @param most rows that are held, and beside them at most as many ids of those left out */
    public AffectedAppointments(String outageId, int most) {
        this.outageId = outageId;
        this.most = most;
    }

    /** @param impact null when retention took it back */
    public void tell(String appointmentId, Impact impact) {
        if (impact == null
                || impact.state() == ImpactState.NONE
                || !impact.outageIds().contains(outageId)) {
            rows.remove(appointmentId);
            leftOut.remove(appointmentId);
        } else if (rows.size() < most || rows.containsKey(appointmentId)) {
            leftOut.remove(appointmentId);
            rows.put(
                    appointmentId,
                    new Row(
                            appointmentId,
                            impact.serviceId(),
                            impact.site(),
                            impact.category(),
                            impact.priority(),
                            impact.slotStart(),
                            impact.firstPostponedSlot(),
                            impact.delayMinutes(),
                            impact.state()));
        } else if (leftOut.size() < most || leftOut.contains(appointmentId)) {
            // One that is taken back later in the read was none too many.
            leftOut.add(appointmentId);
        } else {
            leftOutMore = true;
        }
    }

    /** A record could not be read. */
    public void missed() {
        missed = true;
    }

    public Rows rows() {
        List<Row> sorted = new ArrayList<>(rows.values());
        sorted.sort(BY_SLOT);
        return new Rows(sorted, missed || leftOutMore || !leftOut.isEmpty());
    }
}
