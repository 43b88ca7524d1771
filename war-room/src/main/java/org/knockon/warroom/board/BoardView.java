package org.knockon.warroom.board;

import java.util.List;

/**
 * What the wall shows. All instants are event time in epoch milliseconds; absent values are null. Postponed
 * appointments are recorded, unconfirmed ones are not recorded yet: the two numbers are shown side by side and never
 * added.
 *
 * @param now event time of the view
 * @param fromHistory whether the view was requested with {@code at} and so comes from the five-minute history
 * @param historyFrom first instant of the history; null while it is empty. Before that instant no number is known:
 *     {@code postponed}, {@code atRisk}, {@code waiting}, {@code heat} and {@code backlog} are null, and {@code hours}
 *     is empty
 * @param atLeast whether a monitor is silent, so that every count is a lower bound
 * @param zone of local times
 * @param moreFeeds lower bound for the number of monitors that are not tracked because there are too many
 */
public record BoardView(
        long now,
        boolean fromHistory,
        Long historyFrom,
        boolean atLeast,
        String zone,
        Postponed postponed,
        AtRisk atRisk,
        Waiting waiting,
        Systems systems,
        List<HourBar> hours,
        List<Band> bands,
        List<OutageRow> outages,
        int moreOutages,
        Heat heat,
        Backlog backlog,
        List<FeedRow> feeds,
        int moreFeeds) {

    /** The same view with another time, to compare everything else. */
    public BoardView withNow(long other) {
        return new BoardView(
                other,
                fromHistory,
                historyFrom,
                atLeast,
                zone,
                postponed,
                atRisk,
                waiting,
                systems,
                hours,
                bands,
                outages,
                moreOutages,
                heat,
                backlog,
                feeds,
                moreFeeds);
    }

    /** The same view without any number of appointments: zeros would look like real counts. */
    BoardView withoutCounts() {
        return new BoardView(
                now,
                fromHistory,
                historyFrom,
                atLeast,
                zone,
                null,
                null,
                null,
                systems,
                List.of(),
                bands,
                outages.stream().map(OutageRow::withoutCounts).toList(),
                moreOutages,
                null,
                null,
                feeds,
                moreFeeds);
    }

    /** Postponed and unconfirmed appointments of one kind of care. */
    public record Pair(long postponed, long unconfirmed) {}

    /** @param by negative: the count was corrected downwards */
    public record Revision(long at, long by) {}

    /**
     * @param postponed recorded as postponed
     * @param unconfirmed not recorded yet
     * @param lastHour change of {@code postponed} in the last hour; null if the history is shorter
     * @param deliveredInDowntime seen on paper
     * @param procedures theatre and day case
     * @param other diagnostics, pathology, community and the rest
     * @param revision latest downward correction within the last minutes; null if there was none
     */
    public record Postponed(
            long postponed,
            long unconfirmed,
            Long lastHour,
            long deliveredInDowntime,
            Pair outpatient,
            Pair procedures,
            Pair other,
            Revision revision) {}

    /** If nothing is restored by {@code until}, {@code more} further appointments are affected. */
    public record Forecast(long until, long more) {}

    /**
     * @param all booked into an open outage, within the horizon of the pipeline's rules (24 hours unless configured)
     * @param soon of these, those in the rest of this hour and the four whole hours after it
     * @param soonUntil end of the last of these hours
     * @param urgent of all, those with a priority above routine
     */
    public record AtRisk(long all, long soon, long soonUntil, long urgent, List<Forecast> forecast) {}

    /**
     * @param awaitingDate postponed, with no new date
     * @param rebooked postponed, with a new date that lies ahead
     * @param urgent of {@code awaitingDate}, those with a priority above routine
     * @param oldestDay first local day, ISO-8601, with slots that have no new date; null if there is none
     */
    public record Waiting(long awaitingDate, long rebooked, long urgent, String oldestDay) {}

    /**
     * @param unavailable systems with an open outage, and those that depend on one
     * @param total in the catalogue
     * @param rootCauses systems that are a root cause and are still out, or whose dependents still are
     */
    public record Systems(int unavailable, int total, int rootCauses) {}

    /** Appointments by the hour of their slot. */
    public record HourBar(long from, long postponed, long unconfirmed, long deliveredInDowntime, long atRisk) {}

    /**
     * A root cause.
     *
     * @param backAt when its own system was back; null before
     * @param to when all dependents were back as well; null before
     */
    public record Band(String outageId, String name, long from, Long backAt, Long to, boolean planned) {}

    /**
     * One system that is a root cause, with its dependents. The row covers all its outages that are not over or, if all
     * are over, the newest.
     *
     * @param backAt when the system itself was back; null before
     * @param endedAt when all dependents were back as well; null before
     * @param evidence OBSERVED or SILENCE
     * @param follows names of some systems that are out because of it or, once it is over, were
     * @param followCount number of these systems
     * @param otherTimes number of other known outages in which the system was a root cause; the counts include them
     * @param firstOther when the first of these began; null if there is none
     * @param postponed appointments that have the system as root cause; null, like {@code unconfirmed} and {@code
     *     atRisk}, before the start of the history
     */
    public record OutageRow(
            String outageId,
            String name,
            long startedAt,
            Long backAt,
            Long endedAt,
            boolean planned,
            String evidence,
            List<String> follows,
            int followCount,
            int otherTimes,
            Long firstOther,
            Long postponed,
            Long unconfirmed,
            Long atRisk) {

        OutageRow withoutCounts() {
            return new OutageRow(
                    outageId,
                    name,
                    startedAt,
                    backAt,
                    endedAt,
                    planned,
                    evidence,
                    follows,
                    followCount,
                    otherTimes,
                    firstOther,
                    null,
                    null,
                    null);
        }
    }

    /** @param moreSites number of sites without a row, which are the least affected */
    public record Heat(List<String> categories, List<HeatRow> rows, int moreSites) {}

    /**
     * @param site ODS code
     * @param siteName null if no care service names the site
     * @param cells one per category; null where the site has no such service
     */
    public record HeatRow(String site, String siteName, List<HeatCell> cells) {}

    public record HeatCell(long postponed, long unconfirmed, long atRisk) {}

    public record Point(long at, long waiting) {}

    /** Whether a range can be given, and if not, why. */
    public enum Outlook {
        NOTHING_WAITING,
        /** Less than a day of history. */
        TOO_EARLY,
        /** The backlog is not smaller than one, two or three days ago. */
        NOT_FALLING,
        RANGE
    }

    /**
     * @param curve number of appointments without a new date, over time
     * @param earliest only with {@link Outlook#RANGE}
     * @param latest only with {@link Outlook#RANGE}; null if the backlog never clears at the slowest recent pace
     */
    public record Backlog(List<Point> curve, Outlook outlook, Long earliest, Long latest) {}

    /**
     * The feed of one monitor.
     *
     * @param lastSeen newest observation
     * @param usualGapMillis 90th percentile of the gaps between its observations; null while too few are known
     * @param silentSince null while its last observation is at most three usual gaps old
     */
    public record FeedRow(String monitor, long lastSeen, Long usualGapMillis, Long silentSince) {}
}
