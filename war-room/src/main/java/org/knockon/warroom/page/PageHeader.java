package org.knockon.warroom.page;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * What stands above every page of the desk: of when it is, and whether it can be trusted. Absent values are null.
 *
 * @param exercise name of the replay; null where events are live
 * @param standsAt event time
 * @param historyFrom first instant that the five-minute history knows; null before it knows any
 * @param counted whether numbers are known for this time; if not, they are null
 * @param counting state of the pipeline now: RUNNING, REBALANCING, STOPPED or UNKNOWN
 * @param behindSeconds age of the oldest input that is not counted yet
 * @param silentMonitors those that said nothing for three times their usual gap: every number is a least one
 */
public record PageHeader(
        String exercise,
        Instant standsAt,
        boolean fromHistory,
        Instant historyFrom,
        boolean counted,
        ZoneId zone,
        String counting,
        long behindSeconds,
        List<String> silentMonitors) {
    public PageHeader {
        silentMonitors = List.copyOf(silentMonitors);
    }
}
