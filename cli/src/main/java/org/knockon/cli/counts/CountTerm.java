package org.knockon.cli.counts;

import java.util.function.ToLongFunction;
import org.knockon.impact.model.ImpactCounts;

/** A count by its field name on the topics and by its word on the terminal. docs/cli.md has the same table. */
public enum CountTerm {
    AT_RISK("atRisk", "at risk", ImpactCounts::atRisk),
    UNCONFIRMED("unconfirmed", "not recorded yet", ImpactCounts::unconfirmed),
    DELIVERED_IN_DOWNTIME("deliveredInDowntime", "seen on paper", ImpactCounts::deliveredInDowntime),
    AWAITING_DATE("awaitingDate", "no new date", ImpactCounts::awaitingDate),
    REBOOKED("rebooked", "new date", ImpactCounts::rebooked),
    RECOVERED("recovered", "seen since", ImpactCounts::recovered),
    ABANDONED("abandoned", "given up", ImpactCounts::abandoned),
    POSTPONED("postponed", "postponed", ImpactCounts::postponed),
    OUTSTANDING("outstanding", "care still owed", ImpactCounts::outstanding);

    private final String field;
    private final String word;
    private final ToLongFunction<ImpactCounts> value;

    CountTerm(String field, String word, ToLongFunction<ImpactCounts> value) {
        this.field = field;
        this.word = word;
        this.value = value;
    }

    /** Field name in records and JSON. */
    public String field() {
        return field;
    }

    /** Word in text for people. */
    public String word() {
        return word;
    }

    /** Value of this count. */
    public long of(ImpactCounts counts) {
        return value.applyAsLong(counts);
    }
}
