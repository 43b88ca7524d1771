package org.knockon.producers.scenario;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Priority;

/**
 * What the hospital does during an outage.
 *
 * @param noticeAfter nothing is postponed before the outage has lasted this long
 * @param cancelAhead longest time before the slot at which an appointment is postponed
 * @param phases shares of appointments that go ahead on paper, by time of the slot
 */
public record Reaction(
        long noticeAfter,
        long cancelAhead,
        List<Phase> phases,
        RecordedAs recordedAs,
        BackEntry backEntry,
        Rebooking rebooking,
        WrongRecords wrong) {
    public Reaction {
        phases = List.copyOf(phases);
    }

    /**
     * @param from start of the phase, inclusive
     * @param to end of the phase, exclusive
     * @param goAhead share by category; all appointments of other categories go ahead
     */
    public record Phase(long from, long to, Map<Category, Double> goAhead) {
        public Phase {
            goAhead = Collections.unmodifiableMap(new EnumMap<>(goAhead));
        }
    }

    /** Weights of the reasons that the booking system records for a postponement; {@code none} means no reason. */
    public record RecordedAs(double itOutage, double provider, double none) {}

    /**
     * When records on paper are entered into the booking system.
     *
     * @param promptly share entered immediately, outage or not
     * @param median half of the rest is entered within this time after the slot, or after the booking system is back if
     *     that is later
     * @param ninetieth nine tenths of the rest are entered within this time
     * @param never share of the appointments held on paper that are never entered
     */
    public record BackEntry(double promptly, long median, long ninetieth, double never) {}

    /**
     * New dates for postponed patients.
     *
     * @param from no new dates are given before this instant
     * @param perDay new dates per day
     * @param moved weight of appointments moved to a new slot in one step
     * @param bookedAgain weight of those cancelled first and later booked again with the same id
     * @param replaced weight of those cancelled and replaced by another appointment
     * @param never share that gets no new date
     * @param givenUp share of patients who cancel instead of accepting a new date
     * @param postponedAgain share of those whose new date falls in the outage that are postponed again; only for
     *     scenarios with given weekly numbers, in others the shares of the phases decide
     * @param waits days from the decision to the new slot, by priority
     */
    public record Rebooking(
            long from,
            int perDay,
            double moved,
            double bookedAgain,
            double replaced,
            double never,
            double givenUp,
            double postponedAgain,
            Map<Priority, Wait> waits) {
        public Rebooking {
            waits = Collections.unmodifiableMap(new EnumMap<>(waits));
        }
    }

    /** In days, both inclusive. */
    public record Wait(int shortest, int longest) {}

    /**
     * Records that are wrong at first.
     *
     * @param enteredInError share of appointments that are entered twice; the duplicate is withdrawn later
     * @param noShowCorrected share of those seen on paper that are first recorded as no-shows
     * @param reasonCorrected share of postponements first recorded with reason PATIENT
     */
    public record WrongRecords(double enteredInError, double noShowCorrected, double reasonCorrected) {}
}
