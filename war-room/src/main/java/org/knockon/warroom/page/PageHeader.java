package org.knockon.warroom.page;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * The header of every page of the desk: its time, and how far its numbers can be trusted. Absent values are null.
 *
 * @param exercise name of the replay; null if events are live
 * @param asOf event time
 * @param historyFrom first instant of the five-minute history; null while it is empty
 * @param counted whether numbers are known for this time; if not, they are null
 * @param counting current state of the pipeline: RUNNING, REBALANCING, STOPPED, SLOW or UNKNOWN
 * @param behindSeconds age of the oldest input that has not been counted
 * @param silentMonitors those without an observation for three times their usual gap: every number is a lower bound
 */
public record PageHeader(
        String exercise,
        Instant asOf,
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
