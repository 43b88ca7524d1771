package org.knockon.oracle;

import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.ImpactState;

/**
 * The state table of rule 18, line by line.
 *
 * @param k number of broken episodes
 * @param replacement newest version of the replacement; null for none
 * @param availability availability of the service of {@code last}
 * @param now null before the first observation
 */
record StateTable(
        int k,
        AppointmentVersion last,
        AppointmentVersion replacement,
        ServiceAvailability availability,
        Long now,
        long horizon) {

    /** The state of the first line that applies. */
    ImpactState state() {
        if (last.status() == AppointmentStatus.ENTERED_IN_ERROR) {
            return ImpactState.NONE;
        }
        return k >= 1 ? stateOncePostponed() : stateNeverPostponed();
    }

    private ImpactState stateOncePostponed() {
        boolean out = !last.status().inTheBook();
        boolean replaced = out && replacement != null;
        if (last.status().attended() || replaced && replacement.status().attended()) {
            return ImpactState.RECOVERED;
        }
        if (last.status() == AppointmentStatus.NOSHOW
                || out && last.changeReason() == ChangeReason.PATIENT
                || replaced && givenUp(replacement)) {
            return ImpactState.ABANDONED;
        }
        if (last.status() == AppointmentStatus.BOOKED || replaced && replacement.status() == AppointmentStatus.BOOKED) {
            return ImpactState.REBOOKED;
        }
        return ImpactState.AWAITING_DATE;
    }

    private static boolean givenUp(AppointmentVersion replacement) {
        return replacement.status() == AppointmentStatus.NOSHOW
                || replacement.status() == AppointmentStatus.CANCELLED
                        && replacement.changeReason() == ChangeReason.PATIENT;
    }

    private ImpactState stateNeverPostponed() {
        boolean slotInU = availability.u().contains(last.slotStart());
        if (last.status().attended()
                && availability
                        .u()
                        .firstInstantWithin(last.slotStart(), last.slotEnd())
                        .isPresent()) {
            return ImpactState.DELIVERED_IN_DOWNTIME;
        }
        if (last.status() == AppointmentStatus.BOOKED && now != null && last.slotStart() <= now && slotInU
                || last.status() == AppointmentStatus.NOSHOW && slotInU) {
            return ImpactState.UNCONFIRMED;
        }
        if (last.status() == AppointmentStatus.BOOKED && now != null && last.slotStart() > now && inAnOpenOutage()) {
            return ImpactState.AT_RISK;
        }
        return ImpactState.NONE;
    }

    private boolean inAnOpenOutage() {
        return availability.needs().stream()
                .anyMatch(need -> need.unavailable().intervals().stream()
                        .anyMatch(interval -> interval.isOpen()
                                && interval.start() + need.requirement().tolerance() <= last.slotStart()
                                && last.slotStart() <= now + horizon));
    }
}
