package org.knockon.feeds.monitor;

import java.util.List;
import java.util.Map;
import org.knockon.feeds.tables.TextPattern;
import org.knockon.feeds.tables.WordTable;

/** What a severity says of a system. */
public enum AlertMeaning {
    DOWN,
    DEGRADED,
    /** Information for people; says nothing of the system. */
    IGNORED;

    /** The severities that most rules use. */
    public static WordTable<AlertMeaning> usual() {
        return new WordTable<>(List.of(
                Map.entry(TextPattern.parse("critical"), DOWN),
                Map.entry(TextPattern.parse("error"), DOWN),
                Map.entry(TextPattern.parse("page"), DOWN),
                Map.entry(TextPattern.parse("high"), DOWN),
                Map.entry(TextPattern.parse("warning"), DEGRADED),
                Map.entry(TextPattern.parse("info"), IGNORED),
                Map.entry(TextPattern.parse("none"), IGNORED)));
    }
}
