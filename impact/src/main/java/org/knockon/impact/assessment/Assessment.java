package org.knockon.impact.assessment;

import static org.knockon.impact.model.AppointmentStatus.BOOKED;
import static org.knockon.impact.model.AppointmentStatus.CANCELLED;
import static org.knockon.impact.model.AppointmentStatus.ENTERED_IN_ERROR;
import static org.knockon.impact.model.AppointmentStatus.NOSHOW;

import java.util.ArrayList;
import java.util.List;
import org.knockon.impact.assessment.AppointmentHistory.Episode;
import org.knockon.impact.cascade.ServiceAvailability;
import org.knockon.impact.cascade.Situation;
import org.knockon.impact.interval.Intervals;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.CappedList;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.Rules;

/** Assesses what outages did to an appointment. The result depends on history, replacement and situation alone. */
public final class Assessment {

    private final Situation situation;
    private final Rules rules;

    public Assessment(Situation situation, Rules rules) {
        this.situation = situation;
        this.rules = rules;
    }

    /**
     * Assesses one appointment.
     *
     * @param replacement the appointment that replaces this one; null if none does
     * @return null if no outage affected it (state NONE)
     */
    public Impact assess(AppointmentHistory history, Replacement replacement) {
        if (history.isEmpty()) {
            return null;
        }
        AppointmentVersion last = history.last();
        ServiceAvailability availability = situation.availability(last.serviceId());
        if (availability == null || last.status() == ENTERED_IN_ERROR) {
            return null;
        }
        List<Episode> broken = brokenEpisodes(history);
        return broken.isEmpty()
                ? assessUnbroken(history, availability)
                : assessBroken(history, availability.service(), broken, replacement);
    }

    /**
     * End of the horizon: no outage affects booked slots from this instant on, although a change of their service may.
     * Never decreases.
     *
     * @return epoch milliseconds; {@link Long#MIN_VALUE} before the first clock tick
     */
    public long reach() {
        return situation.now() == Situation.NO_CLOCK ? Long.MIN_VALUE : situation.now() + rules.horizon() + 1;
    }

    /**
     * The record to publish for an appointment that no longer has an impact.
     *
     * @param before the previous impact; gives organisation, site and category if the service is no longer in the
     *     catalogue
     */
    public Impact vanished(Impact before, AppointmentHistory history) {
        AppointmentVersion last = history.last();
        CareService service = situation.catalogue().service(last.serviceId());
        return new Impact(
                ImpactState.NONE,
                last.serviceId(),
                service == null ? before.organisation() : service.organisation(),
                service == null ? before.site() : service.site(),
                service == null ? before.category() : service.category(),
                last.priority(),
                last.slotStart(),
                List.of(),
                0,
                List.of(),
                0,
                List.of(),
                null,
                null,
                null,
                0,
                history.truncated());
    }

    private List<Episode> brokenEpisodes(AppointmentHistory history) {
        if (history.versions().size() == 1) {
            return List.of();
        }
        List<Episode> broken = new ArrayList<>(2);
        for (Episode episode : history.episodes()) {
            if (episode.mayBeBroken() && broken(episode)) {
                broken.add(episode);
            }
        }
        return broken;
    }

    private boolean broken(Episode episode) {
        if (episode.reason() == ChangeReason.IT_OUTAGE) {
            return true;
        }
        ServiceAvailability availability = situation.availability(episode.serviceId());
        if (availability == null) {
            return false;
        }
        Intervals lost = availability.lost();
        long slotStart = episode.slotStart();
        long endedAt = episode.endedAt();
        if (availability.undeliverable().contains(slotStart) && endedAt >= lost.start(lost.indexOf(slotStart))) {
            return true;
        }
        return lost.contains(endedAt) && endedAt <= slotStart && slotStart <= endedAt + rules.horizon();
    }

    private Impact assessBroken(
            AppointmentHistory history, CareService service, List<Episode> broken, Replacement replacement) {
        AppointmentVersion last = history.last();
        Attribution attribution = new Attribution();
        for (Episode episode : broken) {
            ServiceAvailability availability = situation.availability(episode.serviceId());
            if (availability != null) {
                boolean lostAtSlot = availability.lost().contains(episode.slotStart());
                attribution.add(availability, lostAtSlot ? episode.slotStart() : episode.endedAt());
            }
        }
        ImpactState state = stateOfBroken(last, replacement);
        Long newSlot = null;
        if (state == ImpactState.REBOOKED || state == ImpactState.RECOVERED) {
            newSlot = last.status().inTheBook() ? last.slotStart() : replacement.slotStart();
        }
        return impact(state, history, service, attribution, broken.get(0).slotStart(), newSlot, broken.size());
    }

    private static ImpactState stateOfBroken(AppointmentVersion last, Replacement replacement) {
        if (last.status().inTheBook()) {
            if (last.status().attended()) {
                return ImpactState.RECOVERED;
            }
            return last.status() == NOSHOW ? ImpactState.ABANDONED : ImpactState.REBOOKED;
        }
        if (replacement != null && replacement.status().attended()) {
            return ImpactState.RECOVERED;
        }
        if (last.changeReason() == ChangeReason.PATIENT || (replacement != null && givenUp(replacement))) {
            return ImpactState.ABANDONED;
        }
        return replacement != null && replacement.status() == BOOKED ? ImpactState.REBOOKED : ImpactState.AWAITING_DATE;
    }

    private static boolean givenUp(Replacement replacement) {
        return replacement.status() == NOSHOW
                || (replacement.status() == CANCELLED && replacement.changeReason() == ChangeReason.PATIENT);
    }

    private Impact assessUnbroken(AppointmentHistory history, ServiceAvailability availability) {
        if (availability.lost().isEmpty()) {
            return null;
        }
        AppointmentVersion last = history.last();
        long now = situation.now();
        Intervals undeliverable = availability.undeliverable();
        long slotStart = last.slotStart();
        if (last.status().attended()) {
            int overlap = undeliverable.firstOverlap(slotStart, last.slotEnd());
            return overlap < 0
                    ? null
                    : unbroken(
                            ImpactState.DELIVERED_IN_DOWNTIME,
                            history,
                            availability,
                            Math.max(slotStart, undeliverable.start(overlap)));
        }
        boolean slotHit = undeliverable.contains(slotStart);
        if (last.status() == NOSHOW) {
            return slotHit ? unbroken(ImpactState.UNCONFIRMED, history, availability, slotStart) : null;
        }
        if (last.status() != BOOKED || now == Situation.NO_CLOCK) {
            return null;
        }
        if (slotStart <= now) {
            return slotHit ? unbroken(ImpactState.UNCONFIRMED, history, availability, slotStart) : null;
        }
        return slotStart <= now + rules.horizon() && openBeyondToleranceAt(slotStart, availability)
                ? unbroken(ImpactState.AT_RISK, history, availability, now)
                : null;
    }

    /** Whether a required system is still unavailable and its tolerance ends before the slot starts. */
    private static boolean openBeyondToleranceAt(long slotStart, ServiceAvailability availability) {
        for (ServiceAvailability.RequiredSystem required : availability.requirements()) {
            Intervals unavailable = required.unavailable();
            if (unavailable.open()
                    && unavailable.start(unavailable.size() - 1)
                                    + required.requirement().tolerance()
                            <= slotStart) {
                return true;
            }
        }
        return false;
    }

    private static Impact unbroken(
            ImpactState state, AppointmentHistory history, ServiceAvailability availability, long moment) {
        Attribution attribution = new Attribution();
        attribution.add(availability, moment);
        return impact(state, history, availability.service(), attribution, null, null, 0);
    }

    private static Impact impact(
            ImpactState state,
            AppointmentHistory history,
            CareService service,
            Attribution attribution,
            Long firstPostponedSlot,
            Long newSlot,
            int timesPostponed) {
        AppointmentVersion last = history.last();
        CappedList outages = attribution.outageIds();
        CappedList rootCauses = attribution.rootCauses();
        return new Impact(
                state,
                service.serviceId(),
                service.organisation(),
                service.site(),
                service.category(),
                last.priority(),
                last.slotStart(),
                outages.first(),
                outages.total(),
                rootCauses.first(),
                rootCauses.total(),
                attribution.capabilities(),
                firstPostponedSlot,
                newSlot,
                newSlot == null ? null : Math.floorDiv(newSlot - firstPostponedSlot, 60_000L),
                timesPostponed,
                history.truncated());
    }
}
