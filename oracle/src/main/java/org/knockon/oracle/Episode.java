package org.knockon.oracle;

import org.knockon.impact.model.ChangeReason;

/**
 * An ended episode: a maximal run of in-the-book versions with the same service and slot (13).
 *
 * @param endedAt updatedAt of the version that ended it
 * @param reason changeReason of that version; may be null
 */
record Episode(String serviceId, long slotStart, long endedAt, ChangeReason reason) {

    /** Whether an outage broke it (14). */
    boolean broken(ServiceAvailability availability, long horizon) {
        if (reason == ChangeReason.PATIENT || reason == ChangeReason.CLINICAL) {
            return false;
        }
        return reason == ChangeReason.IT_OUTAGE
                || slotWasLost(availability)
                || cancelledAheadOfItsSlot(availability, horizon);
    }

    /** Condition (ii). */
    boolean slotWasLost(ServiceAvailability availability) {
        return availability.u().contains(slotStart)
                && endedAt
                        >= availability.r().intervalAt(slotStart).orElseThrow().start();
    }

    /** Condition (iii). */
    boolean cancelledAheadOfItsSlot(ServiceAvailability availability, long horizon) {
        return availability.r().contains(endedAt) && endedAt <= slotStart && slotStart <= endedAt + horizon;
    }
}
