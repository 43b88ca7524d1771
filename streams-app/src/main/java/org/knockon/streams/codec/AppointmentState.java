package org.knockon.streams.codec;

import org.knockon.impact.assessment.AppointmentHistory;
import org.knockon.impact.assessment.Replacement;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactState;

/**
 * The stored state of one appointment, of bounded size.
 *
 * @param replacement the current one of the appointments that name this one in {@code replaces}; null for none
 * @param impact as last published; null if the appointment was never affected
 * @param specialty of the impact's service at the time it was counted; null without an impact
 */
public record AppointmentState(AppointmentHistory history, Replacement replacement, Impact impact, String specialty) {

    public static final AppointmentState EMPTY = new AppointmentState(AppointmentHistory.EMPTY, null, null, null);

    /**
     * Booked, never changed and in no count. The effect of an outage on it depends on its service, slot and priority
     * alone.
     */
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
