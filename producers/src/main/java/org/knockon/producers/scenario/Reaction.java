package org.knockon.producers.scenario;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Priority;

/**
 * What the hospital does once care cannot go on as usual.
 *
 * @param noticeAfter nothing is postponed before the outage has lasted this long
 * @param cancelAhead the longest before its slot that an appointment is postponed
 * @param phases share of appointments that go ahead on paper, by time of the slot
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
     * @param from first slot it holds for
     * @param to first slot after it
     * @param goAhead share by category; a category that is not named goes ahead whole
     */
    public record Phase(long from, long to, Map<Category, Double> goAhead) {
        public Phase {
            goAhead = Collections.unmodifiableMap(new EnumMap<>(goAhead));
        }
    }

    /** Weights of what the booking system gives as the reason of a postponement; {@code none} gives no reason at all. */
    public record RecordedAs(double itOutage, double provider, double none) {}

    /**
     * When paper reaches the booking system.
     *
     * @param promptly share entered at once, outage or not
     * @param median half of the rest is entered this long after the slot or the booking system's return, whichever is later
     * @param ninetieth nine tenths of the rest
     * @param never share of appointments held on paper that nobody ever enters
     */
    public record BackEntry(double promptly, long median, long ninetieth, double never) {}

    /**
     * New dates for postponed patients.
     *
     * @param from nobody gets a new date before this instant
     * @param perDay new dates given out a day
     * @param moved weight of appointments moved to a new slot in one step
     * @param bookedAgain weight of those cancelled first and booked again later under the same id
     * @param replaced weight of those cancelled and followed by another appointment that replaces them
     * @param never share that gets no new date
     * @param givenUp share of patients who cancel instead of taking one
     * @param postponedAgain share of those with a new date in the outage that are put off once more; for scenarios whose weeks are
     *     given, the shares of the phases decide otherwise
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

    /** Both ends included, in days. */
    public record Wait(int shortest, int longest) {}

    /**
     * What is written wrongly at first.
     *
     * @param enteredInError share of appointments that leave a second record, withdrawn later
     * @param noShowCorrected share of those seen on paper that are first recorded as no-shows
     * @param reasonCorrected share of postponements whose first record blames the patient
     */
    public record WrongRecords(double enteredInError, double noShowCorrected, double reasonCorrected) {}
}
