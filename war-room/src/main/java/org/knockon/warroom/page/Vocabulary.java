package org.knockon.warroom.page;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.knockon.impact.model.ImpactState;

/**
 * The words for the numbers of appointments, the same on the wall, in pages, reports, CSV, JSON and OpenAPI. The wall's
 * own copy is {@code vocabulary.js}; a test compares them.
 *
 * <p>Postponed appointments are recorded; those not recorded yet are only presumed. The two are never added.
 */
public enum Vocabulary {
    /** Everything an outage broke, recorded: the sum of no new date, new date, seen since and given up. */
    POSTPONED("postponed", "postponed", Figures::postponed),
    /** The time passed during an outage, and the outcome is not recorded yet. */
    UNCONFIRMED("unconfirmed", "not recorded yet", Figures::unconfirmed),
    DELIVERED_IN_DOWNTIME("deliveredInDowntime", "seen on paper", Figures::deliveredInDowntime),
    AT_RISK("atRisk", "at risk", Figures::atRisk),
    AWAITING_DATE("awaitingDate", "no new date", Figures::awaitingDate),
    REBOOKED("rebooked", "new date", Figures::rebooked),
    RECOVERED("recovered", "seen since", Figures::recovered),
    /** The patient did not come, or the care is no longer wanted. */
    ABANDONED("abandoned", "given up", Figures::abandoned),
    /** No new date or a new date ahead. */
    OUTSTANDING("outstanding", "care still owed", Figures::outstanding);

    /** The columns of every table of counts. */
    static final List<Vocabulary> COLUMNS =
            Stream.of(values()).filter(count -> count != OUTSTANDING).toList();

    private final String field;
    private final String words;
    private final ToLongFunction<Figures> number;

    Vocabulary(String field, String words, ToLongFunction<Figures> number) {
        this.field = field;
        this.words = words;
        this.number = number;
    }

    /** The field in topics, JSON and CSV. */
    public String field() {
        return field;
    }

    /** The words within a sentence. */
    public String words() {
        return words;
    }

    /** The words as a heading. */
    public String heading() {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    public long number(Figures figures) {
        return number.applyAsLong(figures);
    }

    /** The words for the state of one appointment, as a heading. */
    public static String heading(ImpactState state) {
        return switch (state) {
            case NONE -> "Not affected";
            case UNKNOWN -> "Unknown";
            default -> valueOf(state.name()).heading();
        };
    }
}
