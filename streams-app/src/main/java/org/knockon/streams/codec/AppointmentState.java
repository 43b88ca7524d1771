package org.knockon.streams.codec;

import org.knockon.impact.assessment.AppointmentHistory;
import org.knockon.impact.assessment.Replacement;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactState;

/**
 * All that is kept of one appointment, in a bounded number of bytes.
 *
 * @param replacement the one that counts among the appointments that name this one in {@code replaces}; null when there is none
 * @param impact as last published; null when it never was affected
 * @param specialty of the impact's service as it was counted; null without an impact
 */
public record AppointmentState(AppointmentHistory history, Replacement replacement, Impact impact, String specialty) {

    public static final AppointmentState EMPTY = new AppointmentState(AppointmentHistory.EMPTY, null, null, null);

    /** Booked, never changed, and counted nowhere: what an outage does to it follows from service, slot and priority alone. */
    public boolean untouched() {
        return (impact == null || impact.state() == ImpactState.NONE)
                && replacement == null
                && history.versions().size() == 1
                && history.last().status() == AppointmentStatus.BOOKED;
    }

    public AppointmentState with(AppointmentHistory newHistory) {
        return new AppointmentState(newHistory, replacement, impact, specialty);
    }

    public AppointmentState with(Replacement newReplacement) {
        return new AppointmentState(history, newReplacement, impact, specialty);
    }

    public AppointmentState with(Impact newImpact, String newSpecialty) {
        return new AppointmentState(history, replacement, newImpact, newSpecialty);
    }
}
