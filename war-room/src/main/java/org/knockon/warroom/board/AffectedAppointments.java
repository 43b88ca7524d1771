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
 * The appointments that one outage affected, folded from {@code care-impacts}. Call {@link #accept} with every record,
 * tombstones as null. The newest record of an appointment wins. While at limit {@code limit} appointments are held, the
 * result does not depend on their order.
 */
public final class AffectedAppointments {

    private static final Comparator<Row> BY_SLOT =
            Comparator.comparing(Row::slotStart).thenComparing(Row::appointmentId);

    private final String outageId;
    private final int limit;
    private final Map<String, Row> rows = new HashMap<>();
    private final Set<String> leftOut = new HashSet<>();
    private boolean leftOutMore;
    private boolean recordSkipped;

    /**
     * @param appointmentId of the booking system; no other field identifies a patient
     * @param slotStart of the newest version
     * @param firstPostponedSlot the first postponed slot; null if none was postponed
     * @param delayMinutes from that slot to the slot that replaced it; null if there is none
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
     * @param rows sorted by slot
     * @param cut whether rows may be missing, because there were too many or a record was unreadable
     */
    public record Rows(List<Row> rows, boolean cut) {
        public Rows {
            rows = List.copyOf(rows);
        }

        /** The rows with the earliest slots. */
        public Rows first(int limit) {
            return rows.size() <= limit ? this : new Rows(rows.subList(0, limit), true);
        }
    }

    /** @param limit maximum number of rows held, and of ids remembered for rows that are left out */
    public AffectedAppointments(String outageId, int limit) {
        this.outageId = outageId;
        this.limit = limit;
    }

    /** @param impact null for a tombstone, which retention writes */
    public void accept(String appointmentId, Impact impact) {
        if (impact == null
                || impact.state() == ImpactState.NONE
                || !impact.outageIds().contains(outageId)) {
            rows.remove(appointmentId);
            leftOut.remove(appointmentId);
        } else if (rows.size() < limit || rows.containsKey(appointmentId)) {
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
        } else if (leftOut.size() < limit || leftOut.contains(appointmentId)) {
            // Only the id: a later tombstone may still remove it.
            leftOut.add(appointmentId);
        } else {
            leftOutMore = true;
        }
    }

    /** Marks the result as incomplete: a record was unreadable. */
    public void skipRecord() {
        recordSkipped = true;
    }

    public Rows rows() {
        List<Row> sorted = new ArrayList<>(rows.values());
        sorted.sort(BY_SLOT);
        return new Rows(sorted, recordSkipped || leftOutMore || !leftOut.isEmpty());
    }
}
