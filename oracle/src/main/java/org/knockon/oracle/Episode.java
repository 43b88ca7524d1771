package org.knockon.oracle;

import org.knockon.impact.model.ChangeReason;

/**
 * A maximal run of in-the-book versions with the same service and slot, that has ended (13).
 *
 * @param endedAt updatedAt of the version that ended it
 * @param reason changeReason of the version that ended it; may be null
 */
record Episode(String serviceId, long slotStart, long endedAt, ChangeReason reason) {

    /** By an outage (14). */
    boolean broken(ServiceAvailability availability, long horizon) {
        if (reason == ChangeReason.PATIENT || reason == ChangeReason.CLINICAL) {
            return false;
        }
        return reason == ChangeReason.IT_OUTAGE
                || slotWasLost(availability)
                || cancelledAheadOfItsSlot(availability, horizon);
    }

    /** (ii) */
    boolean slotWasLost(ServiceAvailability availability) {
        return availability.u().holds(slotStart)
                && endedAt >= availability.r().holding(slotStart).orElseThrow().start();
    }

    /** (iii) */
    boolean cancelledAheadOfItsSlot(ServiceAvailability availability, long horizon) {
        return availability.r().holds(endedAt) && endedAt <= slotStart && slotStart <= endedAt + horizon;
    }
}
