package org.knockon.producers.generate;

import java.util.List;
import org.knockon.producers.scenario.Reaction;

/** When what happened is written into the booking system. */
final class BackEntry {
    private static final long MINUTE = 60_000L;

    private final Reaction.BackEntry rule;
    private final List<ServiceDowntime> downtimes;

    BackEntry(Reaction.BackEntry rule, List<ServiceDowntime> downtimes) {
        this.rule = rule;
        this.downtimes = downtimes;
    }

    /**
     * @param at when it happened
     * @param onPaper whether it happened under downtime procedures, so that somebody has to type it in later
     */
    long writtenAt(int service, long at, boolean onPaper, SeededRandom random) {
        if (!onPaper || random.chance(rule.promptly())) {
            return at + random.between(2 * MINUTE, 45 * MINUTE);
        }
        Intervals.Span unbooked = downtimes.get(service).unbooked().at(at);
        long possible = unbooked == null ? at : unbooked.end();
        return possible + (long) random.skewed(rule.median(), rule.ninetieth());
    }
}
