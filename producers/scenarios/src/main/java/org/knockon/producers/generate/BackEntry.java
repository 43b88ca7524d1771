package org.knockon.producers.generate;

import java.util.List;
import org.knockon.impact.interval.Intervals;
import org.knockon.producers.scenario.Reaction;

/** Decides when an event is entered into the booking system. */
final class BackEntry {

    private final Reaction.BackEntry rule;
    private final List<ServiceDowntime> downtimes;

    BackEntry(Reaction.BackEntry rule, List<ServiceDowntime> downtimes) {
        this.rule = rule;
        this.downtimes = downtimes;
    }

    /**
     * @param at time of the event
     * @param onPaper whether it was recorded on paper under downtime procedures and must be typed in later
     */
    long writtenAt(int service, long at, boolean onPaper, SeededRandom random) {
        if (!onPaper || random.chance(rule.promptly())) {
            return at + random.between(2 * Millis.MINUTE, 45 * Millis.MINUTE);
        }
        Intervals bookingDown = downtimes.get(service).bookingDown();
        int current = bookingDown.indexOf(at);
        long possible = current < 0 ? at : bookingDown.end(current);
        return possible + (long) random.logNormal(rule.median(), rule.ninetieth());
    }
}
