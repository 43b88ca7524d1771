package org.knockon.streams.wire;

import java.util.Collection;
import java.util.List;
import org.knockon.impact.assessment.AppointmentHistory;
import org.knockon.impact.assessment.Replacement;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactState;

/**
 * All that is kept of one appointment.
 *
 * @param replacements what names this appointment in {@code replaces}, one for each
 * @param impact as last published; null when it never was affected
 * @param specialty of the impact's service as it was counted; null without an impact
 */
public record AppointmentState(
        AppointmentHistory history, List<Replacement> replacements, Impact impact, String specialty) {

    public static final AppointmentState EMPTY = new AppointmentState(AppointmentHistory.EMPTY, List.of(), null, null);

    /** Booked, never changed, and counted nowhere: what an outage does to it follows from service, slot and priority alone. */
    public boolean untouched() {
        return (impact == null || impact.state() == ImpactState.NONE)
                && replacements.isEmpty()
                && history.versions().size() == 1
                && history.last().status() == AppointmentStatus.BOOKED;
    }

    public AppointmentState with(AppointmentHistory newHistory) {
        return new AppointmentState(newHistory, replacements, impact, specialty);
    }

    public AppointmentState with(Collection<Replacement> newReplacements) {
        return new AppointmentState(history, List.copyOf(newReplacements), impact, specialty);
    }

    public AppointmentState with(Impact newImpact, String newSpecialty) {
        return new AppointmentState(history, replacements, newImpact, newSpecialty);
    }
}
