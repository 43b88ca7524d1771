package org.knockon.impact.assessment;

import static org.knockon.impact.Day.at;
import static org.knockon.impact.Hospital.needs;
import static org.knockon.impact.Hospital.service;
import static org.knockon.impact.Hospital.system;

import org.knockon.impact.cascade.Situation;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.Rules;

/**
 * A hospital in which the clinic needs records and can work an hour without them, and the records need a data centre.
 * The scanner needs an image archive and cannot work without it. The horizon is 24 hours.
 */
final class DowntimeDay {

    final Situation situation = new Situation();
    final Assessment assessment = new Assessment(situation, Rules.DEFAULT);

    DowntimeDay(Outage... outages) {
        situation.put(system("datacentre"));
        situation.put(system("epr", "datacentre"));
        situation.put(system("pacs"));
        situation.put(service("clinic", needs("epr", Capability.RECORDS, 60)));
        situation.put(service("scanner", needs("pacs", Capability.IMAGING, 0)));
        for (Outage outage : outages) {
            situation.put(outage);
        }
    }

    DowntimeDay now(String time) {
        situation.advance(at(time));
        return this;
    }

    Impact assess(AppointmentBuilder appointment) {
        return assess(appointment, null);
    }

    Impact assess(AppointmentBuilder appointment, Replacement replacement) {
        return assessment.assess(appointment.history(), replacement);
    }

    /** NONE without an impact. */
    ImpactState stateOf(AppointmentBuilder appointment) {
        return stateOf(appointment, null);
    }

    ImpactState stateOf(AppointmentBuilder appointment, Replacement replacement) {
        Impact impact = assess(appointment, replacement);
        return impact == null ? ImpactState.NONE : impact.state();
    }

    static Replacement replacement(AppointmentStatus status, String slotStart) {
        return replacement(status, slotStart, null);
    }

    static Replacement replacement(AppointmentStatus status, String slotStart, ChangeReason reason) {
        return new Replacement("a2", status, reason, at(slotStart), at("17:00"));
    }
}
